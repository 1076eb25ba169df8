/** Analyses one file without making anything of it: what `afterglow info` shows. */
import { analyse } from '../analysis/analyse.ts';
import { type Analysis, analysisOf } from '../analysis/analysis.ts';
import { removeDrift } from '../analysis/remove-drift.ts';
import { segmentFigures } from '../analysis/segments.ts';
import { type StableRegions, stableRegions } from '../analysis/stability.ts';
import { likelyRoot } from '../analysis/tonality.ts';
import { amplified, workingGain } from '../analysis/working-level.ts';
import { resampled } from '../archive/resampled.ts';
import { openSource, type SourceFacts } from '../archive/source.ts';
import type { Settings } from '../config/settings.ts';
import { log10 } from '../dsp/maths.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Platform } from '../platform/platform.ts';
import { fileNotices, type SourceNotice, stereoNotice } from './notice.ts';

/** What a file is, and what is measured in it. */
export interface SourceInspection {
  readonly path: string;
  readonly facts: SourceFacts;
  /** The file's own rate, Hz. */
  readonly sampleRate: number;
  readonly durationSec: number;
  /** -Infinity where it is silent. */
  readonly rmsDb: number;
  readonly peakDb: number;
  /** Mean of each channel, full scale 1. */
  readonly dc: readonly number[];
  /** Onsets a second. */
  readonly onsetRate: number;
  /** Mean spectral flatness, 0 (tone) to 1 (noise). */
  readonly flatness: number;
  /** Mean spectral centroid, Hz. */
  readonly centroidHz: number;
  readonly tuningCents: number;
  readonly key: Analysis['key'];
  readonly tempo: Analysis['tempo'];
  readonly root: Analysis['root'];
  /** Where it is stable and clean by the limits of `pre_analysis`, seconds. */
  readonly stable: {
    readonly regions: readonly {
      readonly startSec: number;
      readonly endSec: number;
      readonly stability: number;
    }[];
    readonly totalSec: number;
    readonly excluded: StableRegions['excluded'];
    readonly windowCount: number;
  };
  readonly warnings: readonly SourceNotice[];
}

/**
 * Analyses a file as a run would: at the engine's rate, by the settings' limits.
 * @throws AudioError, FileSystemError where the file cannot be read
 */
export async function inspectSource(
  platform: Platform,
  path: string,
  settings: Settings,
): Promise<SourceInspection> {
  const source = await openSource(platform, path);
  try {
    const gain = await workingGain(source);
    const working = (reader: SoundReader) => resampled(amplified(reader, gain), settings.global.sample_rate);
    const analysed = await analyse(source, undefined, working);
    const analysis = analysisOf(analysed, { gain });
    const notice = stereoNotice(analysis.stereoFault);
    return {
      path,
      facts: source.facts,
      sampleRate: source.sampleRate,
      durationSec: source.frameCount / source.sampleRate,
      ...levelsOf(analysis),
      dc: analysis.dc.map((offset) => offset / gain),
      tuningCents: analysis.tuningCents,
      key: analysis.key,
      tempo: analysis.tempo,
      root: await rootOf(removeDrift(working(source), analysis), analysis),
      stable: stabilityOf(analysis, settings),
      warnings: [...fileNotices(source.warnings), ...(notice === null ? [] : [notice])],
    };
  } finally {
    await source.close();
  }
}

/** A sound up to this long, s, is held or struck once more often than it is a piece of music. */
const LONGEST_TONE_SEC = 30;

/** As textures have it, which measure it in their own sound; of a piece of music, from its tracks. */
async function rootOf(reader: SoundReader, { root }: Analysis): Promise<Analysis['root']> {
  if (reader.frameCount > LONGEST_TONE_SEC * reader.sampleRate) return root;
  return likelyRoot(await reader.read(0, reader.frameCount));
}

function levelsOf(analysis: Analysis) {
  const { frameCount, gain } = analysis;
  if (frameCount === 0) {
    return { rmsDb: -Infinity, peakDb: -Infinity, onsetRate: 0, flatness: 0, centroidHz: 0 };
  }
  const figures = segmentFigures(analysis);
  return {
    rmsDb: figures.rmsDb(0, frameCount) - 20 * log10(gain),
    peakDb: 20 * log10(figures.peak(0, frameCount) / gain),
    onsetRate: figures.onsetRate(0, frameCount),
    flatness: figures.flatness(0, frameCount),
    centroidHz: figures.centroid(0, frameCount),
  };
}

function stabilityOf(analysis: Analysis, settings: Settings): SourceInspection['stable'] {
  const { sampleRate } = analysis;
  const { regions, excluded, windowCount, fallback } = stableRegions(analysis, settings.pre_analysis);
  const kept = fallback ? [] : regions;
  const inSeconds = kept.map(({ start, end, stability }) => ({
    startSec: start / sampleRate,
    endSec: end / sampleRate,
    stability,
  }));
  const totalSec = inSeconds.reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0);
  return { regions: inSeconds, totalSec, excluded, windowCount };
}

/** Analyses as much of a source as its kind asks for. */

import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { type KindFigures, kindFigures } from '../analysis/kind-figures.ts';
import { estimateSourceKind, type SourceKindEstimate } from '../analysis/source-kind.ts';
import { type KindReason, kindReason } from '../analysis/source-kind-reason.ts';
import { amplified, workingGain } from '../analysis/working-level.ts';
import { resampled } from '../archive/resampled.ts';
import { openSource } from '../archive/source.ts';
import type { Lender } from '../dsp/rooms.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Platform } from '../platform/platform.ts';
import { SILENT_POWER } from './silent.ts';

/** What a source is does not depend on the rate that textures are made at. */
const RATE = 44_100;
/** Up to this length a source is analysed whole; of a longer one so many windows, evenly spread, s. */
const WHOLE_SEC = 60;
const WINDOW_SEC = 15;
const WINDOWS = 4;
/** Shorter than this there is nothing to analyse, s. */
const SHORTEST_SEC = 0.02;
/** Confidence of a tempo from which on it is worth saying. */
const CLEAR_BEAT = 0.5;

/** What is measured in a source. */
export interface RecognisedKind {
  readonly estimate: SourceKindEstimate;
  /** Why it is that. */
  readonly reason: KindReason;
  readonly figures: KindFigures;
  /** Length of the source, s. */
  readonly seconds: number;
}

/**
 * Depends on nothing but the file's content. A compressed file is decoded whole, since it cannot be entered midway.
 * @returns null where it is silent or too short to be anything
 * @throws AudioError, FileSystemError where the file cannot be read
 */
export async function analyseForKind(platform: Platform, path: string): Promise<RecognisedKind | null> {
  const source = await openSource(platform, path);
  try {
    const seconds = source.frameCount / source.sampleRate;
    if (seconds < SHORTEST_SEC) return null;
    const gain = await workingGain(source);
    const windows = await analysed(windowsOf(resampled(amplified(source, gain), RATE)));
    const silent = SILENT_POWER * gain * gain;
    if (!windows.some(({ power }) => power.some((value) => value > silent))) return null;
    const analysedSec = windows.reduce((sum, { frameCount }) => sum + frameCount, 0) / RATE;
    const onsets = windows.reduce((sum, window) => sum + window.onsets.length, 0);
    const tempo = windows
      .map((window) => window.tempo)
      .find((each) => each !== null && each.confidence > CLEAR_BEAT);
    const figures = kindFigures(windows, seconds);
    const estimate = estimateSourceKind(figures);
    const reason = kindReason(
      estimate.kind,
      { seconds, onsets, analysedSec, bpm: tempo?.bpm ?? null },
      figures,
    );
    return { estimate, reason, figures, seconds };
  } finally {
    await source.close();
  }
}

function windowsOf(reader: SoundReader): SoundReader[] {
  const { frameCount, sampleRate } = reader;
  if (frameCount <= WHOLE_SEC * sampleRate) return [reader];
  const count = WINDOW_SEC * sampleRate;
  return Array.from({ length: WINDOWS }, (_, i) => {
    const start = Math.floor(((i + 0.5) * frameCount) / WINDOWS - count / 2);
    return {
      ...reader,
      frameCount: count,
      read: (from: number, frames: number, lender?: Lender) => reader.read(start + from, frames, lender),
    };
  });
}

/** One after the other: the kernels' memory is shared. */
async function analysed(readers: readonly SoundReader[]): Promise<Analysis[]> {
  const analyses: Analysis[] = [];
  for (const reader of readers) analyses.push(await analyse(reader));
  return analyses;
}

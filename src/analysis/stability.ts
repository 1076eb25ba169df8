/** Where a source is stable and clean enough to be used: windows held against the limits of `pre_analysis`. */

import { pow } from '../dsp/maths.ts';
import type { SharedSettings } from '../settings/shared.ts';
import type { Analysis } from './analysis.ts';
import { type SegmentFigures, segmentFigures } from './segments.ts';
import { type LevelLimits, levelLimits } from './song-level.ts';
import { stabilityOf } from './stability-score.ts';

type Limits = SharedSettings['pre_analysis'];

/** What may exclude a window; each but `silent` is named after what it looks at in `pre_analysis`. */
export type StabilityLimit =
  | 'silent'
  | 'min_rms_db'
  | 'max_rms_db'
  | 'max_onset_rate_hz'
  | 'max_dc_offset'
  | 'max_crest_factor'
  | 'skip_clipped_regions'
  | 'skip_transient_regions'
  | 'centroid_low_hz'
  | 'centroid_high_hz';

interface StableRegion {
  /** First frame. */
  readonly start: number;
  /** Frame after the last. */
  readonly end: number;
  /** Mean stability of its windows, 0 to 1. */
  readonly stability: number;
}

export interface StableRegions {
  /** In time order; they do not overlap. */
  readonly regions: StableRegion[];
  /** Windows that each limit excluded; one window may be beyond several. */
  readonly excluded: Readonly<Partial<Record<StabilityLimit, number>>>;
  readonly windowCount: number;
  /** No window is within every limit, and these are the ones with the fewest onsets among the clean ones. */
  readonly fallback: boolean;
}

/** An attack is sharp when the level rises by this much from one cell to the next few, dB. */
const SHARP_ATTACK_DB = 9;
/** Limits that hold even for the fallback: what is beyond them is silent, clipped, spiky or off centre. */
const UNBENDING: readonly StabilityLimit[] = [
  'silent',
  'min_rms_db',
  'max_rms_db',
  'max_dc_offset',
  'max_crest_factor',
];

interface Window {
  readonly start: number;
  readonly end: number;
  readonly failed: readonly StabilityLimit[];
  readonly onsets: number;
}

/**
 * Stable regions of a source: runs of at least `min_stable_windows` windows within every limit, merged.
 * A source of fewer windows than that needs all of them. Where `enabled` is false, the whole source is one region.
 */
export function stableRegions(analysis: Analysis, settings: Limits): StableRegions {
  const { frameCount } = analysis;
  if (frameCount === 0) return { regions: [], excluded: {}, windowCount: 0, fallback: false };
  const score = stabilityOf(analysis);
  if (!settings.enabled) {
    const whole = { start: 0, end: frameCount, stability: score(0, frameCount).score };
    return { regions: [whole], excluded: {}, windowCount: 1, fallback: false };
  }
  const windows = judgeWindows(analysis, settings);
  const rate = (window: Window) => score(window.start, window.end - window.start).score;
  const least = Math.min(settings.min_stable_windows, windows.length);
  const stable = mergeRuns(windows, (window) => window.failed.length === 0, least, rate);
  const fallback = stable.length === 0;
  const regions = fallback ? steadiest(windows, rate) : stable;
  return {
    regions,
    excluded: countExcluded(windows),
    windowCount: windows.length,
    fallback: fallback && regions.length > 0,
  };
}

function judgeWindows(analysis: Analysis, settings: Limits): Window[] {
  const { frameCount, sampleRate } = analysis;
  const figures = segmentFigures(analysis);
  const attacks = sharpAttacks(analysis);
  const levels = levelLimits(analysis, settings);
  const length = Math.min(frameCount, Math.round(settings.analysis_window_sec * sampleRate));
  const hop = Math.max(1, Math.round(settings.analysis_hop_sec * sampleRate));
  const windows: Window[] = [];
  for (let start = 0; start + length <= frameCount; start += hop) {
    windows.push({
      start,
      end: start + length,
      failed: failedLimits(figures, attacks, start, length, settings, levels),
      onsets: figures.onsetCount(start, length),
    });
  }
  return windows;
}

function failedLimits(
  figures: SegmentFigures,
  attacks: readonly number[],
  start: number,
  count: number,
  settings: Limits,
  { minRmsDb, maxRmsDb }: LevelLimits,
): StabilityLimit[] {
  const level = figures.rmsDb(start, count);
  if (level === -Infinity) return ['silent'];
  const centroid = figures.centroid(start, count);
  const { centroid_low_hz: low, centroid_high_hz: high } = settings;
  const sharp = attacks.some((frame) => frame >= start && frame < start + count);
  const failed: StabilityLimit[] = [];
  if (level < minRmsDb) failed.push('min_rms_db');
  if (level > maxRmsDb) failed.push('max_rms_db');
  if (figures.onsetRate(start, count) > settings.max_onset_rate_hz) failed.push('max_onset_rate_hz');
  if (figures.remainingDc(start, count) > settings.max_dc_offset) failed.push('max_dc_offset');
  if (figures.crest(start, count) > settings.max_crest_factor) failed.push('max_crest_factor');
  if (settings.skip_clipped_regions && figures.clippedCount(start, count) > 0)
    failed.push('skip_clipped_regions');
  if (settings.skip_transient_regions && sharp) failed.push('skip_transient_regions');
  if (low !== null && centroid < low) failed.push('centroid_low_hz');
  if (high !== null && centroid > high) failed.push('centroid_high_hz');
  return failed;
}

/** Frames of the onsets with a sharp attack, ascending; what a file begins with may be mid-note, and is none. */
function sharpAttacks({ onsets, power, hop }: Analysis): number[] {
  const ratio = pow(10, SHARP_ATTACK_DB / 10);
  const frames: number[] = [];
  for (const cell of onsets) {
    if (cell === 0) continue;
    const before = power[cell - 1];
    const after = Math.max(power[cell], power[Math.min(power.length - 1, cell + 1)]);
    if (after > ratio * before) frames.push(cell * hop);
  }
  return frames;
}

/** Runs of at least `least` chosen windows as regions. */
function mergeRuns(
  windows: readonly Window[],
  chosen: (window: Window) => boolean,
  least: number,
  rate: (window: Window) => number,
): StableRegion[] {
  const regions: StableRegion[] = [];
  for (let first = 0; first < windows.length; first++) {
    if (!chosen(windows[first])) continue;
    let end = first + 1;
    while (end < windows.length && chosen(windows[end])) end++;
    if (end - first >= least) {
      const run = windows.slice(first, end);
      const stability = run.reduce((sum, window) => sum + rate(window), 0) / run.length;
      // With a short hop, the last window of one run can reach into the first of the next.
      const start = Math.max(run[0].start, regions.at(-1)?.end ?? 0);
      regions.push({ start, end: run[run.length - 1].end, stability });
    }
    first = end;
  }
  return regions;
}

/** The clean windows with the fewest onsets: each as it is, neighbours merged. */
function steadiest(windows: readonly Window[], rate: (window: Window) => number): StableRegion[] {
  const clean = windows.filter((window) => !window.failed.some((limit) => UNBENDING.includes(limit)));
  const fewest = clean.reduce((least, window) => Math.min(least, window.onsets), Infinity);
  const steady = new Set(clean.filter((window) => window.onsets === fewest));
  return mergeRuns(windows, (window) => steady.has(window), 1, rate);
}

function countExcluded(windows: readonly Window[]): Partial<Record<StabilityLimit, number>> {
  const counts: Partial<Record<StabilityLimit, number>> = {};
  for (const { failed } of windows) for (const limit of failed) counts[limit] = (counts[limit] ?? 0) + 1;
  return counts;
}

/**
 * Where the music stopped moving: every window of the wanted length is held against the gates, over its
 * whole length and the crossfade's lead-in, and those that pass are scored for stillness.
 */
import type { Analysis } from './analysis.ts';
import { fadeOutStart } from './fade-out.ts';
import { type SegmentFigures, segmentFigures } from './segments.ts';
import { stillness } from './stillness.ts';

export interface MomentGates {
  /** Stillness, 0 to 1. */
  readonly minStability: number;
  readonly minRmsDb: number;
  readonly maxRmsDb: number;
  /** Onsets a second. */
  readonly maxOnsetRate: number;
  /** Mean spectral flatness, 0 to 1. */
  readonly maxFlatness: number;
  readonly maxCrest: number;
  /** DC that may remain once reading has taken the offset away, of full scale. */
  readonly maxDcOffset: number;
  readonly allowClipping: boolean;
  /** Mean spectral centroid, Hz; null = any. */
  readonly minCentroidHz: number | null;
  readonly maxCentroidHz: number | null;
}

export interface MomentRequest {
  /** Frames. */
  readonly length: number;
  /** Frames before the start that the crossfade will use. */
  readonly leadIn: number;
  /** Frames from one window to the next. */
  readonly hop: number;
  readonly gates: MomentGates;
}

export type Gate =
  | 'too quiet'
  | 'too loud'
  | 'onsets'
  | 'noisy'
  | 'crest'
  | 'DC'
  | 'clipped'
  | 'centroid'
  | 'fading'
  | 'restless';

export interface Moment {
  /** Frames. */
  readonly start: number;
  readonly length: number;
  /** Stillness, 0 to 1. */
  readonly score: number;
  /** Mean timbre and pitch classes, for telling moments apart ({@link stillness}). */
  readonly embedding: Float32Array;
}

export interface MomentSearch {
  /** Windows that passed, in time order. */
  readonly moments: Moment[];
  readonly windowCount: number;
  /** How many windows each gate refused; a window may be refused by several, `restless` stands alone. */
  readonly refused: ReadonlyMap<Gate, number>;
}

/** A level that rises or falls by more than this over the segment is a fade (SOUND.md §2), dB. */
const FADE_DB = 3;
/** Beating hides the first dB of a slow fade-out: it is seen to begin up to this late (measured: 2.7 s at most), s. */
const FADE_OUT_MARGIN_SEC = 2;

/** Every still window of a source; a source shorter than lead-in and length has none. */
export function findMoments(analysis: Analysis, request: MomentRequest): MomentSearch {
  const { length, leadIn, hop, gates } = request;
  const judge = momentJudge(analysis, gates);
  const score = stillness(analysis);
  const moments: Moment[] = [];
  const refused = new Map<Gate, number>();
  let windowCount = 0;
  for (let start = leadIn; start + length <= analysis.frameCount; start += hop) {
    windowCount++;
    const failed = judge({ start, length }, leadIn);
    for (const gate of failed) refused.set(gate, (refused.get(gate) ?? 0) + 1);
    if (failed.length === 0) moments.push({ start, length, ...score(start, length) });
  }
  return { moments, windowCount, refused };
}

/** A stretch of the source, frames. */
export type TimeRange = Pick<Moment, 'start' | 'length'>;

/** @returns the gates that refuse a stretch with so many frames of lead-in before it */
export function momentJudge(
  analysis: Analysis,
  gates: MomentGates,
): (stretch: TimeRange, leadIn: number) => Gate[] {
  const figures = segmentFigures(analysis);
  const score = stillness(analysis);
  const lastEnd = lastEndBeforeFadeOut(analysis);
  return ({ start, length }, leadIn) => {
    const failed = failedGates(figures, start - leadIn, leadIn + length, gates);
    if (start + length > lastEnd && !failed.includes('fading')) failed.push('fading');
    if (failed.length === 0 && score(start, length).score < gates.minStability) failed.push('restless');
    return failed;
  };
}

/** Frame after the last that a moment may hold. */
function lastEndBeforeFadeOut(analysis: Analysis): number {
  const { frameCount, sampleRate } = analysis;
  const fadeOut = fadeOutStart(analysis);
  return fadeOut < frameCount ? fadeOut - FADE_OUT_MARGIN_SEC * sampleRate : frameCount;
}

function failedGates(figures: SegmentFigures, start: number, count: number, gates: MomentGates): Gate[] {
  const failed: Gate[] = [];
  const rmsDb = figures.rmsDb(start, count);
  const centroid = figures.centroid(start, count);
  if (rmsDb < gates.minRmsDb) failed.push('too quiet');
  if (rmsDb > gates.maxRmsDb) failed.push('too loud');
  if (figures.onsetRate(start, count) > gates.maxOnsetRate) failed.push('onsets');
  if (figures.flatness(start, count) > gates.maxFlatness) failed.push('noisy');
  if (figures.crest(start, count) > gates.maxCrest) failed.push('crest');
  if (figures.remainingDc(start, count) > gates.maxDcOffset) failed.push('DC');
  if (!gates.allowClipping && figures.clippedCount(start, count) > 0) failed.push('clipped');
  if (gates.minCentroidHz !== null && centroid < gates.minCentroidHz) failed.push('centroid');
  else if (gates.maxCentroidHz !== null && centroid > gates.maxCentroidHz) failed.push('centroid');
  if (Math.abs(figures.slopeDb(start, count)) > FADE_DB) failed.push('fading');
  return failed;
}

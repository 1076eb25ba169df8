/**
 * Where the music stopped moving: every window of the wanted length is held against the limits, over its
 * whole length and the crossfade's lead-in, and those within all are scored for stability.
 */
import type { Analysis } from './analysis.ts';
import { eventOf } from './event.ts';
import { fadeOutStart } from './fade-out.ts';
import { type PulsedStretch, pulsedStretchOf } from './moment-pulse.ts';
import { worthOfPassages } from './passage-worth.ts';
import { type SegmentFigures, segmentFigures } from './segments.ts';
import type { LevelLimits } from './song-level.ts';
import { stabilityOf } from './stability-score.ts';

export interface MomentLimits extends LevelLimits {
  /** Stability, 0 to 1. */
  readonly minStability: number;
  /** Onsets a second. */
  readonly maxOnsetRate: number;
  /** Mean spectral flatness, 0 to 1. */
  readonly maxFlatness: number;
  readonly maxCrest: number;
  /** DC that may remain once reading has taken the offset away, of full scale. */
  readonly maxDcOffset: number;
  readonly allowClipping: boolean;
  /** Share of samples that may clip; of what is beyond it, use is made last. */
  readonly mostClipped: number;
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
  readonly limits: MomentLimits;
}

export type MomentLimit =
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
  /** Stability, 0 to 1. */
  readonly score: number;
  /** By which moments are ranked, 0 to 1: how well colour and pitch classes hold about it, which a limiter hardly moves. */
  readonly worth: number;
  /** More of it clips than is well: to be taken where nothing else is left. */
  readonly clips: boolean;
  /** One event stands out in it: to be taken where nothing else is left ({@link eventOf}). */
  readonly isEventful: boolean;
  /** Mean timbre and pitch classes, for comparing moments ({@link stabilityOf}). */
  readonly embedding: Float32Array;
}

export interface MomentSearch {
  /** Windows within all limits, in time order. */
  readonly moments: Moment[];
  readonly windowCount: number;
  /** How many windows each limit excluded; a window may be beyond several, `restless` stands alone. */
  readonly excluded: ReadonlyMap<MomentLimit, number>;
}

/** A level that rises or falls by more than this over the segment is a fade: a loop of it would step back by as much each round, dB. */
const FADE_DB = 3;
/** Beating hides the first dB of a slow fade-out: it is seen to begin up to this late (measured: 2.7 s at most), s. */
const FADE_OUT_MARGIN_SEC = 2;

/** Every stable window of a source; a source shorter than lead-in and length has none. */
export function findMoments(analysis: Analysis, request: MomentRequest): MomentSearch {
  const { length, leadIn, hop, limits } = request;
  const judge = momentJudge(analysis, limits);
  const stability = stabilityOf(analysis);
  const figures = segmentFigures(analysis);
  const clips = (range: TimeRange) =>
    clippedShare(figures, range, analysis.channelCount) > limits.mostClipped;
  const isEventful = eventOf(analysis, pulsedStretchOf(analysis));
  const moments: Moment[] = [];
  const excluded = new Map<MomentLimit, number>();
  let windowCount = 0;
  for (let start = leadIn; start + length <= analysis.frameCount; start += hop) {
    windowCount++;
    const failed = judge({ start, length }, leadIn);
    for (const limit of failed) excluded.set(limit, (excluded.get(limit) ?? 0) + 1);
    if (failed.length > 0) continue;
    const { score, colour, embedding } = stability(start, length);
    moments.push({
      start,
      length,
      score,
      worth: colour,
      embedding,
      clips: clips({ start, length }),
      isEventful: isEventful(start - leadIn, leadIn + length),
    });
  }
  return { moments: worthOfPassages(moments, analysis.sampleRate), windowCount, excluded };
}

/** A range of the source, frames. */
export type TimeRange = Pick<Moment, 'start' | 'length'>;

/** Share of the samples of a range that clip. */
function clippedShare(figures: SegmentFigures, { start, length }: TimeRange, channelCount: number): number {
  return figures.clippedCount(start, length) / (length * channelCount);
}

/** @returns the limits that a range is beyond, with so many frames of lead-in before it */
export function momentJudge(
  analysis: Analysis,
  limits: MomentLimits,
): (range: TimeRange, leadIn: number) => MomentLimit[] {
  const figures = segmentFigures(analysis);
  const score = stabilityOf(analysis);
  const pulsed = pulsedStretchOf(analysis);
  const lastEnd = lastEndBeforeFadeOut(analysis);
  return ({ start, length }, leadIn) => {
    const beyond = failedLimits(figures, start - leadIn, leadIn + length, limits);
    const failed = start + length > lastEnd ? beyond : withoutPulse(beyond, () => pulsed(start, length));
    if (start + length > lastEnd && !failed.includes('fading')) failed.push('fading');
    if (failed.length === 0 && score(start, length).score < limits.minStability) failed.push('restless');
    return failed;
  };
}

/**
 * The limits that a stretch is beyond though it be a pulse: the beats of a pulse are no onsets, and that a stretch begins
 * loud and ends soft within a beat is no fade. A pulse is looked for only where it could bring the stretch within all.
 */
function withoutPulse(failed: MomentLimit[], pulsed: () => PulsedStretch | null): MomentLimit[] {
  if (failed.length === 0 || failed.some((limit) => limit !== 'onsets' && limit !== 'fading')) return failed;
  const pulse = pulsed();
  if (!pulse) return failed;
  const fades = Math.abs(pulse.slopeDb) > FADE_DB;
  return failed.filter((limit) => limit !== 'onsets' && (limit !== 'fading' || fades));
}

/** Frame after the last that a moment may hold. */
export function lastEndBeforeFadeOut(analysis: Analysis): number {
  const { frameCount, sampleRate } = analysis;
  const fadeOut = fadeOutStart(analysis);
  return fadeOut < frameCount ? fadeOut - FADE_OUT_MARGIN_SEC * sampleRate : frameCount;
}

function failedLimits(
  figures: SegmentFigures,
  start: number,
  count: number,
  limits: MomentLimits,
): MomentLimit[] {
  const failed: MomentLimit[] = [];
  const rmsDb = figures.rmsDb(start, count);
  const centroid = figures.centroid(start, count);
  if (rmsDb < limits.minRmsDb) failed.push('too quiet');
  if (rmsDb > limits.maxRmsDb) failed.push('too loud');
  if (figures.onsetRate(start, count) > limits.maxOnsetRate) failed.push('onsets');
  if (figures.flatness(start, count) > limits.maxFlatness) failed.push('noisy');
  if (figures.crest(start, count) > limits.maxCrest) failed.push('crest');
  if (figures.remainingDc(start, count) > limits.maxDcOffset) failed.push('DC');
  if (!limits.allowClipping && figures.clippedCount(start, count) > 0) failed.push('clipped');
  if (limits.minCentroidHz !== null && centroid < limits.minCentroidHz) failed.push('centroid');
  else if (limits.maxCentroidHz !== null && centroid > limits.maxCentroidHz) failed.push('centroid');
  if (Math.abs(figures.slopeDb(start, count)) > FADE_DB) failed.push('fading');
  return failed;
}

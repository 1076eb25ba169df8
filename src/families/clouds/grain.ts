/** What clouds are made of: grains, and where these may come from. */
import type { Analysis } from '../../analysis/analysis.ts';
import { pow } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import type { Sound } from '../../dsp/sound.ts';

/** A stretch of the source that grains are cut from. */
export interface TimeRange {
  /** First sample. */
  readonly start: number;
  /** The sample after the last. */
  readonly end: number;
  /** 0 to 1. */
  readonly stability: number;
}

/** One grain: what of the source sounds where on the ring. */
export interface Grain {
  /** First sample on the ring. */
  readonly place: number;
  /** Samples on the ring. */
  readonly length: number;
  /** Which stretch it is cut from. */
  readonly stretch: number;
  /** First sample it reads of the source; whole, so that an untransposed grain is a plain copy. */
  readonly start: number;
  readonly semitones: number;
  /** 1, or less where it lies over grains that sound without it, against theirs. */
  readonly amplitude: number;
  /** Brings grains of one cloud to one level. */
  readonly gain: number;
  /** -1 to 1. */
  readonly pan: number;
}

/** The material of a cloud: the stretches that grains name, each beginning at `start` of the source. */
export interface GrainSource {
  readonly start: number;
  readonly sound: Sound;
}

/** What a cloud's grains are drawn from. */
export interface GrainPool {
  readonly analysis: Analysis;
  /** Ascending; each holds the longest grain at the highest transposition. */
  readonly stretches: readonly TimeRange[];
  /** Shortest and longest grain, samples on the ring. */
  readonly shortest: number;
  readonly longest: number;
  /** Semitones under all grains, for a target key. */
  readonly transposition: number;
  readonly shift: (random: Random) => number;
}

/** Where a grain reads. */
export type Moment = Pick<Grain, 'stretch' | 'start'>;

/** Samples of the source that a grain reads. */
export function spanOf({ length, semitones }: Pick<Grain, 'length' | 'semitones'>): number {
  return length * pow(2, semitones / 12);
}

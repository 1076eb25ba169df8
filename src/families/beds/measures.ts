/** The times of a bed: how long its stretches are, and how they overlap. */

import type { Moments } from './moments.ts';
import type { BedSettings } from './settings.ts';

/** All but the rate in frames. */
export interface Measures {
  readonly sampleRate: number;
  /** The bed. */
  readonly frames: number;
  /** From where one stretch begins to where the next does. */
  readonly shortestStep: number;
  readonly longestStep: number;
  /** One stretch is blended into the next over this; over a share of the step where `isWoven`. */
  readonly shortestOverlap: number;
  readonly longestOverlap: number;
  /**
   * The source is too short to play each moment once: then each stretch is played with phases of its own, and blended over
   * most of it with the ones before and after, so that what comes again comes beside something else.
   */
  readonly isWoven: boolean;
}

/** Share of what sounds in a source that may be asked for before moments must come again. */
const MOST_USED = 0.8;
/** Share of a short source that its longest stretch is: the rest is room for others to begin elsewhere. */
const LONGEST_SHARE = 0.5;
/** Share of its step over which a stretch of a woven bed is blended with the one before. */
const WOVEN_SHARE = 0.75;
/** Fewer stretches than this are no path. */
const LEAST_STRETCHES = 3;

export function measuresOf(
  moments: Moments,
  frames: number,
  { beds }: BedSettings,
  sampleRate: number,
): Measures {
  const { hop, count, sounds } = moments;
  const sounding = hop * sounds.reduce((sum, one) => sum + one, 0);
  const longest = Math.min(beds.longest_stretch_sec * sampleRate, LONGEST_SHARE * hop * count);
  const shortest = Math.min(beds.shortest_stretch_sec * sampleRate, longest);
  const most = frames / LEAST_STRETCHES;
  if (frames > MOST_USED * sounding) {
    const [shortestStep, longestStep] = [shortest, longest].map((stretch) =>
      Math.min(stretch / (1 + WOVEN_SHARE), most),
    );
    const [shortestOverlap, longestOverlap] = [shortestStep, longestStep].map(wovenOverlap);
    return { sampleRate, frames, shortestStep, longestStep, shortestOverlap, longestOverlap, isWoven: true };
  }
  const longestOverlap = Math.min(beds.longest_overlap_sec * sampleRate, longest / 2, most);
  const shortestOverlap = Math.min(beds.shortest_overlap_sec * sampleRate, longestOverlap);
  const shortestStep = Math.min(most, Math.max(longestOverlap, shortest - longestOverlap));
  const longestStep = Math.min(most, Math.max(shortestStep, longest - longestOverlap));
  return { sampleRate, frames, shortestStep, longestStep, shortestOverlap, longestOverlap, isWoven: false };
}

/** What a stretch of a woven bed is blended over with the one before, of its step. */
export function wovenOverlap(step: number): number {
  return Math.round(WOVEN_SHARE * step);
}

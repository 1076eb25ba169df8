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
  /**
   * Over how much of a step one stretch is blended with the one before, frames.
   * @param unlike from 0, the two are alike, to 1; it says nothing where `isWoven`
   */
  readonly overlapOf: (step: number, unlike: number) => number;
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
/**
 * Share of what sounds in it. Of a pad that dies away, of which half of the source is most of what sounds, beds were 1.6 to 2.3 times as far from it as
 * it is from itself (four random seeds), with 0.65 1.4 times. With 0.5 beds of a hum of 6 s are 1.5 times as far from it, with 0.65 1.4.
 */
const LONGEST_SOUNDING_SHARE = 0.65;
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
  const longest = Math.min(
    beds.longest_stretch_sec * sampleRate,
    LONGEST_SHARE * hop * count,
    LONGEST_SOUNDING_SHARE * sounding,
  );
  const shortest = Math.min(beds.shortest_stretch_sec * sampleRate, longest);
  const most = frames / LEAST_STRETCHES;
  if (frames > MOST_USED * sounding) {
    const [shortestStep, longestStep] = [shortest, longest].map((stretch) =>
      Math.min(stretch / (1 + WOVEN_SHARE), most),
    );
    const overlapOf = (step: number) => Math.round(WOVEN_SHARE * step);
    return { sampleRate, frames, shortestStep, longestStep, overlapOf, isWoven: true };
  }
  const longestOverlap = Math.min(beds.longest_overlap_sec * sampleRate, longest / 2, most);
  const shortestOverlap = Math.min(beds.shortest_overlap_sec * sampleRate, longestOverlap);
  const shortestStep = Math.min(most, Math.max(longestOverlap, shortest - longestOverlap));
  const longestStep = Math.min(most, Math.max(shortestStep, longest - longestOverlap));
  const overlapOf = (step: number, unlike: number) =>
    Math.min(step, Math.round(shortestOverlap + (longestOverlap - shortestOverlap) * unlike));
  return { sampleRate, frames, shortestStep, longestStep, overlapOf, isWoven: false };
}

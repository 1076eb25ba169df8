/** The times of a bed: how long its stretches are, and how they overlap. */

import type { Moments } from './moments.ts';
import type { BedSettings } from './settings.ts';

/** All in frames. */
export interface Measures {
  /** The bed. */
  readonly frames: number;
  /** From where one stretch begins to where the next does. */
  readonly shortestStep: number;
  readonly longestStep: number;
  /** One stretch is blended into the next over this; as long as the step itself where `isWoven`. */
  readonly shortestOverlap: number;
  readonly longestOverlap: number;
  /**
   * The source is too short to play each moment once: then every moment of the bed is two of the source, blended, so that
   * what comes again comes beside something else.
   */
  readonly isWoven: boolean;
}

/** Share of what sounds in a source that may be asked for before moments must come again. */
const MOST_USED = 0.8;
/** Share of a short source that its longest stretch is: the rest is room for others to begin elsewhere. */
const LONGEST_SHARE = 0.65;
/** Fewer stretches than this are no path. */
const LEAST_STRETCHES = 3;

export function measuresOf(moments: Moments, frames: number, { beds }: BedSettings, rate: number): Measures {
  const { hop, count, sounds } = moments;
  const sounding = hop * sounds.reduce((sum, one) => sum + one, 0);
  const longest = Math.min(beds.longest_stretch_sec * rate, LONGEST_SHARE * hop * count);
  const shortest = Math.min(beds.shortest_stretch_sec * rate, longest);
  const most = frames / LEAST_STRETCHES;
  if (frames > MOST_USED * sounding) {
    const [shortestStep, longestStep] = [shortest / 2, longest / 2].map((step) => Math.min(step, most));
    return {
      frames,
      shortestStep,
      longestStep,
      shortestOverlap: shortestStep,
      longestOverlap: longestStep,
      isWoven: true,
    };
  }
  const longestOverlap = Math.min(beds.longest_overlap_sec * rate, longest / 2, most);
  const shortestOverlap = Math.min(beds.shortest_overlap_sec * rate, longestOverlap);
  const shortestStep = Math.min(most, Math.max(longestOverlap, shortest - longestOverlap));
  const longestStep = Math.min(most, Math.max(shortestStep, longest - longestOverlap));
  return { frames, shortestStep, longestStep, shortestOverlap, longestOverlap, isWoven: false };
}

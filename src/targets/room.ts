/** How much of a device a kit may take, and how long its samples may be. */

export interface Room {
  /** The share of its samples, time and memory; above 0, 1 is all. */
  readonly fill: number;
  /** Nothing is to be longer, s; null: what the device takes. */
  readonly longestSec: number | null;
  /**
   * Where not all fit, loops are closed again, at the greatest length, the same for all, with which they do, but none shorter
   * than its family bears; else nothing is shortened for others.
   */
  readonly isShared: boolean;
}

/** All of the device, as the textures come. */
export const WHOLE_ROOM: Room = { fill: 1, longestSec: null, isShared: false };

/** Lengths of loops are tried in these steps, s. */
const STEP_SEC = 0.1;

/** A loop that is closed again is searched for at this part, or this time, below the longest, and as much about that, s. */
export const LENGTH_SLACK = 0.1;
export const LENGTH_SLACK_SEC = 1;

/** The lesser of two lengths that may be unlimited. */
export function lesserOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** How long a loop must be allowed to be so that what is searched for in it is no shorter than this, s. */
export function roomForLoop(leastSec: number): number {
  return Math.min(leastSec / (1 - 2 * LENGTH_SLACK), leastSec + 2 * LENGTH_SLACK_SEC);
}

/**
 * The greatest length, in whole steps, that lets everything fit.
 * @param fits whether all fit where no loop is longer; where it does for a length, it does for all shorter ones
 * @returns null where all fit as they are; `least` where they do at no greater length
 */
export function lengthThatFits(
  fits: (longestSec: number | null) => boolean,
  least: number,
  longest: number,
): number | null {
  if (fits(null)) return null;
  let low = 0;
  let high = Math.max(0, Math.ceil((longest - least) / STEP_SEC));
  const lengthAt = (step: number) => least + STEP_SEC * step;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(lengthAt(middle))) low = middle;
    else high = middle;
  }
  return lengthAt(low);
}

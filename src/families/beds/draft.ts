/** A path as it is searched for, in moments. */
export interface Draft {
  /** Where each stretch begins in the source. */
  readonly starts: Int32Array;
  /** Moments from one stretch to the next, and over which each comes in. */
  readonly steps: readonly number[];
  readonly overlaps: readonly number[];
}

/** Moments of a stretch, the overlap in which it goes out included. */
export function lengthOf({ steps, overlaps }: Draft, i: number): number {
  return steps[i] + overlaps[(i + 1) % steps.length];
}

/** How much is heard of moment k of a stretch, 0 to 1. */
export function weightAt(draft: Draft, i: number, k: number): number {
  const { overlaps } = draft;
  const fadeIn = (k + 0.5) / overlaps[i];
  const fadeOut = (lengthOf(draft, i) - k - 0.5) / overlaps[(i + 1) % overlaps.length];
  return Math.min(1, fadeIn, fadeOut);
}

/**
 * How clear a musical fact must be. Measured: chords of known root and key come out with a confidence of 0.2 and
 * 0.25 up, noise (white, brown, drums) up to 0.15 and 0.21; steady beats from 0.7 up, music without one up to 0.13.
 */

/** From here on it is said, in names and manifest: what is said can be checked, and ignored where it is wrong. */
export const CLEAR_ENOUGH_TO_SAY = { root: 0.2, key: 0.25, tempo: 0.25 };
/** From here on sounds are moved to a key, or cut to a grid: that changes what is made, so it asks for more. */
export const CLEAR_ENOUGH_TO_ACT_ON = { key: 0.3, tempo: 0.3 };

/** Whether there is an estimate of at least this confidence. */
export function isClear<Estimate extends { readonly confidence: number }>(
  estimate: Estimate | null,
  least: number,
): estimate is Estimate {
  return estimate !== null && estimate.confidence >= least;
}

/**
 * How clear a musical fact must be. Measured: 600 rendered chords of known root have a root confidence of 0.2 and more but for
 * two in a hundred, noise of any colour 0; chords of a known key 0.25 and more, noise and drums up to 0.21; steady beats from
 * 0.7 up, music without one up to 0.13.
 */

/**
 * From here on it is said: in names, manifest, `smpl`, lists of kits and instruments alike, since what is under it is given
 * to none of them. A hit asks for more: a struck skin is never quite in tune.
 */
export const CLEAR_ENOUGH_TO_SAY = { root: 0.2, hitRoot: 0.3, key: 0.25, tempo: 0.25 };
/** From here on sounds are moved to a key, or cut to a grid: that changes what is made, so it asks for more. */
export const CLEAR_ENOUGH_TO_ACT_ON = { key: 0.3, tempo: 0.3 };

/** Whether there is an estimate of at least this confidence. */
export function isClear<Estimate extends { readonly confidence: number }>(
  estimate: Estimate | null,
  least: number,
): estimate is Estimate {
  return estimate !== null && estimate.confidence >= least;
}

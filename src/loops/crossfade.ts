/** Where in a whole-file loop two places of the source are blended; it may run around the end of the file. */
export interface Crossfade {
  /** First frame, 0 to the loop's length less one. */
  readonly start: number;
  /** Frames. */
  readonly length: number;
}

/** Below this two sides cancel so much that restoring the level would only raise what differs. */
const LOWEST_CORRELATION = -0.5;

/** The rising half of a crossfade before it is levelled: a raised cosine, so that no corner is where it begins or ends. */
export function risingCurve(length: number): Float32Array {
  const curve = new Float32Array(length);
  for (let k = 0; k < length; k++) curve[k] = risingAt(k, length);
  return curve;
}

/** Value k of {@link risingCurve}. */
export function risingAt(k: number, length: number): number {
  return 0.5 - 0.5 * Math.cos((Math.PI * (k + 1)) / (length + 1));
}

/**
 * Gains of the incoming and outgoing side over `length` samples, of even power at correlation r (M. Fink,
 * M. Holters, U. Zölzer, "Signal-matched power-complementary cross-fading and dry-wet mixing", DAFx-16): both
 * are divided by √(g_in² + g_out² + 2·r·g_in·g_out), so that r = 1 leaves them linear in amplitude and r = 0
 * makes them equal power.
 * @param rising {@link risingCurve} of that length, where it is at hand
 */
export function crossfadeGains(
  length: number,
  correlation: number,
  rising: Float32Array = risingCurve(length),
): { fadeIn: Float32Array; fadeOut: Float32Array } {
  const r = Math.max(LOWEST_CORRELATION, Math.min(1, correlation));
  const fadeIn = new Float32Array(length);
  const fadeOut = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    const up = rising[k];
    const down = 1 - up;
    const even = 1 / Math.sqrt(up * up + down * down + 2 * r * up * down);
    fadeIn[k] = up * even;
    fadeOut[k] = down * even;
  }
  return { fadeIn, fadeOut };
}

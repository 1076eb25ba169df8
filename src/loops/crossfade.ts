/** Where in a whole-file loop two places of the source are blended; it may run around the end of the file. */
export interface Crossfade {
  /** First frame, 0 to the loop's length less one. */
  readonly start: number;
  /** Frames. */
  readonly length: number;
}

/** Below this two sides cancel so much that restoring the level would only raise what differs. */
const LOWEST_CORRELATION = -0.5;

/**
 * Gains of the incoming and outgoing side over `length` samples, of even power at correlation r (M. Fink,
 * M. Holters, U. Zölzer, "Signal-matched power-complementary cross-fading and dry-wet mixing", DAFx-16): both
 * are divided by √(g_in² + g_out² + 2·r·g_in·g_out), so that r = 1 leaves them linear in amplitude and r = 0
 * makes them equal power.
 */
export function crossfadeGains(
  length: number,
  correlation: number,
): { fadeIn: Float32Array; fadeOut: Float32Array } {
  const r = Math.max(LOWEST_CORRELATION, Math.min(1, correlation));
  const fadeIn = new Float32Array(length);
  const fadeOut = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    // A raised cosine rather than a straight line: no corner where the fade begins and ends.
    const rising = 0.5 - 0.5 * Math.cos((Math.PI * (k + 1)) / (length + 1));
    const falling = 1 - rising;
    const even = 1 / Math.sqrt(rising * rising + falling * falling + 2 * r * rising * falling);
    fadeIn[k] = rising * even;
    fadeOut[k] = falling * even;
  }
  return { fadeIn, fadeOut };
}

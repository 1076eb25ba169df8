/**
 * The crossfade that closes a loop: what led up to the loop's start is blended over its end, so that the
 * wrap from last sample to first is a place where the music ran on by itself.
 *
 * Gains follow the measured correlation r of the two sides (M. Fink, M. Holters, U. Zölzer,
 * "Signal-matched power-complementary cross-fading and dry-wet mixing", DAFx-16): both gains are divided by
 * √(g_in² + g_out² + 2·r·g_in·g_out), so the power stays even for any r: r = 1 leaves them linear in
 * amplitude, r = 0 makes them equal power.
 */
import type { Sound } from '../dsp/sound.ts';

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
 * The loop sound[start … start+length), its last `fade` frames crossfaded into the `fade` frames before `start`.
 * @param correlation r of the two sides, -1 to 1, one for all channels so that the image stays
 * @throws RangeError where the sound does not reach from start - fade to start + length, or fade > length
 */
export function closeByCrossfade(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  correlation: number,
): Sound {
  if (fade > length || start < fade || start + length > sound.channels[0].length) {
    throw new RangeError(
      `A loop of ${length} frames at ${start} with a fade of ${fade} does not fit its sound.`,
    );
  }
  const { fadeIn, fadeOut } = crossfadeGains(fade, correlation);
  const channels = sound.channels.map((channel) => {
    const loop = channel.slice(start, start + length);
    for (let k = 0, at = length - fade, before = start - fade; k < fade; k++, at++, before++) {
      loop[at] = loop[at] * fadeOut[k] + channel[before] * fadeIn[k];
    }
    return loop;
  });
  return { sampleRate: sound.sampleRate, channels };
}

/** Gains of the incoming and outgoing side over `length` samples, of even power at correlation r. */
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

/** How a short sound is coloured, coarsely. */
import { log10, pow, square } from '../../dsp/maths.ts';

export const OCTAVES = 8;

const powers = new Float32Array(OCTAVES);
/** What is left of a channel at half its rate, a quarter, and so on; kept for the next. */
let rest = new Float32Array(0);

/**
 * Levels of octaves, the highest first: what is left of it when neighbours are taken away, then averaged, and so on.
 * @param levels one an octave, dB re their sum; filled and returned
 */
export function octaveLevels(
  channels: readonly Float32Array[],
  levels = new Float32Array(OCTAVES),
): Float32Array {
  powers.fill(0);
  for (const channel of channels) addOctaves(channel);
  const total = powers.reduce((sum, power) => sum + power, 1e-12);
  for (let octave = 0; octave < OCTAVES; octave++) {
    levels[octave] = 10 * log10(powers[octave] / total + 1e-5);
  }
  return levels;
}

function addOctaves(channel: Float32Array): void {
  if (rest.length < channel.length >> 1) rest = new Float32Array(channel.length >> 1);
  let from = channel;
  let length = channel.length;
  for (let octave = 0; octave < OCTAVES && length > 1; octave++) {
    const weight = pow(2, octave);
    length >>= 1;
    for (let n = 0; n < length; n++) {
      const even = from[2 * n];
      const odd = from[2 * n + 1];
      // Where it is its own source, it never writes further than it has read.
      rest[n] = (even + odd) / 2;
      powers[octave] += (square(even - odd) / 2) * weight;
    }
    from = rest;
  }
}

/** Tonal material for the tests of pad loops, swells and drones. */
import type { Sound } from '../../src/dsp/sound.ts';
import { chord, noise, RATE } from '../signals.ts';

export const A_MINOR = [57, 60, 64];

/** A chord in the middle, its octave leading on the right, and a breath of noise that differs between the sides. */
export function wideSound(seconds: number): Sound {
  const frames = Math.round(seconds * RATE);
  const middle = chord(A_MINOR, frames, 0.3);
  const side = chord([69], frames, 0.2);
  const sides = ['left', 'right'].map((seed) => noise(frames, 0.01, seed));
  return {
    sampleRate: RATE,
    channels: [
      middle.map((x, n) => x + 0.4 * side[n] + sides[0][n]),
      middle.map((x, n) => x + (side[n + 40] ?? 0) + sides[1][n]),
    ],
  };
}

export function bytes(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Textures for the tests of this room. */
import type { Sound } from '../../src/dsp/sound.ts';
import type { Texture } from '../../src/families/texture.ts';
import { RATE, sines } from '../signals.ts';

/** A pad on a ring, -1 dBTP wanted, unless told otherwise. */
export function texture(sound: Sound, other: Partial<Texture> = {}): Texture {
  return {
    family: 'pad',
    naming: 'pad',
    index: 1,
    variant: '',
    sound,
    loop: { kind: 'ring' },
    origin: { startSec: 0, endSec: 2 },
    stability: 0.9,
    targetPeakDb: -1,
    ...other,
  };
}

/** Two seconds of A minor on a ring: whole cycles, left and right at different levels. */
export function chord(amplitude = 0.1): Sound {
  const frequencies = [220, 261.5, 329.5, 440];
  const left = sines(frequencies, 2 * RATE, amplitude);
  const right = sines(frequencies, 2 * RATE, 0.5 * amplitude);
  return { sampleRate: RATE, channels: [left, right] };
}

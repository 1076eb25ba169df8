import { FREE, memory } from '../../src/dsp/kernels.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { levelCrossfade, risingCurve } from '../../src/loops/crossfade.ts';

/** What both sides of a crossfade are multiplied by: what the kernel makes, and copied out of its memory. */
export function levellingOf(rising: Float32Array, correlation: number): Float32Array {
  const [risingAt, levellingAt] = [FREE, FREE + 16 * Math.ceil(rising.length / 4)];
  memory.floats.set(rising, risingAt >> 2);
  levelCrossfade(risingAt, correlation, levellingAt, rising.length);
  return memory.floats.slice(levellingAt >> 2, (levellingAt >> 2) + rising.length);
}

/** A loop closed with one correlation for all frequencies, given rather than measured: what the engine does better. */
export function closeWithOneCorrelation(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  correlation: number,
): Sound {
  const rising = risingCurve(fade);
  const levelling = levellingOf(rising, correlation);
  const channels = sound.channels.map((channel) => {
    const loop = channel.slice(start, start + length);
    for (let k = 0, at = length - fade; k < fade; k++, at++) {
      loop[at] = (loop[at] * (1 - rising[k]) + channel[start - fade + k] * rising[k]) * levelling[k];
    }
    return loop;
  });
  return { sampleRate: sound.sampleRate, channels };
}

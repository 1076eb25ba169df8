import type { Sound } from '../../src/dsp/sound.ts';
import { levelCrossfade, risingCurve } from '../../src/loops/crossfade.ts';
import { kernelFloats, workspace } from '../kernel-arrays.ts';

/** What both sides of a crossfade are multiplied by: as the kernel makes it. */
export function levellingOf(rising: Float32Array, correlation: number): Float32Array {
  const levelling = workspace.floats(rising.length);
  levelCrossfade(kernelFloats(rising), correlation, levelling, rising.length);
  return levelling;
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

import type { Sound } from '../../src/dsp/sound.ts';
import { levelCrossfade, risingCurve } from '../../src/loops/crossfade.ts';

/** A loop closed with one correlation for all frequencies, given rather than measured: what the engine does better. */
export function closeWithOneCorrelation(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  correlation: number,
): Sound {
  const rising = risingCurve(fade);
  const levelling = new Float32Array(fade);
  levelCrossfade(rising, correlation, levelling);
  const channels = sound.channels.map((channel) => {
    const loop = channel.slice(start, start + length);
    for (let k = 0, at = length - fade; k < fade; k++, at++) {
      loop[at] = (loop[at] * (1 - rising[k]) + channel[start - fade + k] * rising[k]) * levelling[k];
    }
    return loop;
  });
  return { sampleRate: sound.sampleRate, channels };
}

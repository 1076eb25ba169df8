import type { Sound } from '../../src/dsp/sound.ts';
import { crossfadeGains } from '../../src/loops/crossfade.ts';

/** A loop closed with one correlation for all frequencies, given rather than measured: what the engine does better. */
export function closeWithOneCorrelation(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  correlation: number,
): Sound {
  const { fadeIn, fadeOut } = crossfadeGains(fade, correlation);
  const channels = sound.channels.map((channel) => {
    const loop = channel.slice(start, start + length);
    for (let k = 0, at = length - fade; k < fade; k++, at++) {
      loop[at] = loop[at] * fadeOut[k] + channel[start - fade + k] * fadeIn[k];
    }
    return loop;
  });
  return { sampleRate: sound.sampleRate, channels };
}

import type { Sound } from '../dsp/sound.ts';

/** A loop that goes on round until so many frames are full: whatever reads on behind its end finds its start again. */
export function roundLoop({ sampleRate, channels }: Sound, frames: number): Sound {
  return {
    sampleRate,
    channels: channels.map((loop) => {
      const whole = new Float32Array(frames);
      for (let at = 0; at < frames; at += loop.length) whole.set(loop.subarray(0, frames - at), at);
      return whole;
    }),
  };
}

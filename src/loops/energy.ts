/** Mean squares of stretches of a sound: one at a time, or any in constant time by running sums. */
import type { Sound } from '../dsp/sound.ts';

export interface EnergyTrack {
  readonly channelCount: number;
  /** Sum of squares of a channel. */
  whole(channel: number): number;
  /**
   * Mean square of one channel over [start, start+count), rounded to whole grains of 32 frames; parts outside
   * the sound count as zero.
   */
  meanSquare(channel: number, start: number, count: number): number;
}

/** Frames a running sum steps by: 2 % of the shortest stretch asked for, 30 ms; a long loop then costs little memory. */
const GRAIN = 32;

export function energyTrack(sound: Sound): EnergyTrack {
  const sums = sound.channels.map((channel) => {
    const sum = new Float64Array(Math.ceil(channel.length / GRAIN) + 1);
    let running = 0;
    for (let n = 0, grain = 1; n < channel.length; grain++) {
      for (const end = Math.min(n + GRAIN, channel.length); n < end; n++) running += channel[n] * channel[n];
      sum[grain] = running;
    }
    return sum;
  });
  const last = sums[0].length - 1;
  const grainAt = (frame: number) => Math.max(0, Math.min(last, Math.round(frame / GRAIN)));
  return {
    channelCount: sums.length,
    whole: (channel) => sums[channel][last],
    meanSquare(channel, start, count) {
      return (sums[channel][grainAt(start + count)] - sums[channel][grainAt(start)]) / count;
    },
  };
}

/** Mean square of `count` samples from `start`, going round: start may be negative, and the end past the array's. */
export function meanSquare(samples: Float32Array, start: number, count: number): number {
  const { length } = samples;
  let sum = 0;
  let at = (((start % length) + length) % length) | 0;
  for (let i = 0; i < count; i++) {
    sum += samples[at] * samples[at];
    if (++at === length) at = 0;
  }
  return sum / count;
}

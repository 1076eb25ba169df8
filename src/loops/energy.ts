/** Mean squares of stretches of a sound: one at a time, or any in constant time by running sums. */
import type { Sound } from '../dsp/sound.ts';

export interface EnergyTrack {
  readonly channelCount: number;
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
    for (let n = 0; n < channel.length; n++) sum[Math.floor(n / GRAIN) + 1] += channel[n] * channel[n];
    for (let grain = 1; grain < sum.length; grain++) sum[grain] += sum[grain - 1];
    return sum;
  });
  const last = sums[0].length - 1;
  const grainAt = (frame: number) => Math.max(0, Math.min(last, Math.round(frame / GRAIN)));
  return {
    channelCount: sums.length,
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

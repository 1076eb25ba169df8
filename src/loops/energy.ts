/** Mean square of any stretch of a sound in constant time, by running sums (double precision). */
import type { Sound } from '../dsp/sound.ts';

export interface EnergyTrack {
  readonly channelCount: number;
  /** Mean square of one channel over [start, start+count); parts outside the sound count as zero. */
  meanSquare(channel: number, start: number, count: number): number;
}

export function energyTrack(sound: Sound): EnergyTrack {
  const sums = sound.channels.map((channel) => {
    const sum = new Float64Array(channel.length + 1);
    for (let n = 0; n < channel.length; n++) sum[n + 1] = sum[n] + channel[n] * channel[n];
    return sum;
  });
  const last = sums[0].length - 1;
  return {
    channelCount: sums.length,
    meanSquare(channel, start, count) {
      const from = Math.max(0, Math.min(last, start));
      const to = Math.max(0, Math.min(last, start + count));
      return (sums[channel][to] - sums[channel][from]) / count;
    },
  };
}

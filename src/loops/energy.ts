/** Mean squares of stretches of a sound: one at a time, or any in constant time by running sums. */
import type { Sound } from '../dsp/sound.ts';
import { ENERGY_GRAIN, runningEnergies, type SampleSums, sampleSums } from '../dsp/sums.ts';

export interface EnergyTrack {
  readonly channelCount: number;
  /** Sum of squares of a channel before each grain of {@link ENERGY_GRAIN} frames, and of all. */
  running(channel: number): Float64Array;
  /** Sum of squares of a channel. */
  whole(channel: number): number;
  /** Largest absolute sample of a channel. */
  peak(channel: number): number;
  /**
   * Mean square of one channel over [start, start+count), rounded to whole grains of 32 frames, 2 % of
   * the shortest stretch that is asked for, 30 ms; parts outside the sound count as zero.
   */
  meanSquare(channel: number, start: number, count: number): number;
}

export function energyTrack(sound: Sound): EnergyTrack {
  const energies = sound.channels.map(runningEnergies);
  const sums = energies.map((channel) => channel.sums);
  const last = sums[0].length - 1;
  const grainAt = (frame: number) => Math.max(0, Math.min(last, Math.round(frame / ENERGY_GRAIN)));
  return {
    channelCount: sums.length,
    running: (channel) => sums[channel],
    whole: (channel) => sums[channel][last],
    peak: (channel) => energies[channel].peak,
    meanSquare(channel, start, count) {
      return (sums[channel][grainAt(start + count)] - sums[channel][grainAt(start)]) / count;
    },
  };
}

/** Mean square of `count` samples from `start`, going round: start may be negative, and the end past the array's. */
export function meanSquare(samples: Float32Array, start: number, count: number): number {
  return sumsAround(samples, start, count).energy / count;
}

/** Energy and peak of the same. */
export function sumsAround(
  samples: Float32Array,
  start: number,
  count: number,
): Pick<SampleSums, 'energy' | 'peak'> {
  const { length } = samples;
  let energy = 0;
  let peak = 0;
  for (let done = 0, at = ((start % length) + length) % length; done < count; at = 0) {
    const part = samples.subarray(at, at + count - done);
    const sums = sampleSums(part);
    energy += sums.energy;
    peak = Math.max(peak, sums.peak);
    done += part.length;
  }
  return { energy, peak };
}

/** Mean squares of stretches of a sound: one at a time, or any in constant time by running sums. */
import { keepShape } from '../dsp/keep-shape.ts';
import type { Sound } from '../dsp/sound.ts';
import { ENERGY_GRAIN, runningEnergies, type SampleSums, sampleSums } from '../dsp/sums.ts';

/** Energies of a sound's channels, summed up once. */
export class EnergyTrack {
  readonly #sums: readonly Float64Array[];
  readonly #peaks: readonly number[];
  readonly #last: number;

  constructor(sound: Sound) {
    const energies = sound.channels.map(runningEnergies);
    this.#sums = energies.map(({ sums }) => sums);
    this.#peaks = energies.map(({ peak }) => peak);
    this.#last = this.#sums[0].length - 1;
  }

  get channelCount(): number {
    return this.#sums.length;
  }

  /** Sum of squares of a channel before each grain of {@link ENERGY_GRAIN} frames, and of all. */
  running(channel: number): Float64Array {
    return this.#sums[channel];
  }

  /** Sum of squares of a channel. */
  whole(channel: number): number {
    return this.#sums[channel][this.#last];
  }

  /** Largest absolute sample of a channel. */
  peak(channel: number): number {
    return this.#peaks[channel];
  }

  /**
   * Mean square of one channel over [start, start+count), rounded to whole grains of 32 frames, 2 % of
   * the shortest stretch that is asked for, 30 ms; parts outside the sound count as zero.
   */
  meanSquare(channel: number, start: number, count: number): number {
    const sums = this.#sums[channel];
    return (sums[this.#grainAt(start + count)] - sums[this.#grainAt(start)]) / count;
  }

  #grainAt(frame: number): number {
    return Math.max(0, Math.min(this.#last, Math.round(frame / ENERGY_GRAIN)));
  }
}

keepShape(new EnergyTrack({ sampleRate: 1, channels: [new Float32Array(1)] }));

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

/** Sums over whole channels, by kernels with SIMD: block after block goes into their memory. Kept in doubles. */
import { BLOCK, FREE, kernels, memory } from './kernels.ts';

const SUMS = FREE >> 3;
const ONE = (FREE >> 2) + 8;
const OTHER = ONE + BLOCK;
/** Running sums take the other block's place. */
const RUNNING = OTHER >> 1;

/** What one pass over samples tells. */
export interface SampleSums {
  readonly sum: number;
  /** Σ x². */
  readonly energy: number;
  /** Largest absolute sample; NaN where a sample is not a number, 0 where there is none. */
  readonly peak: number;
}

/** Sum, energy and peak of samples. */
export function sampleSums(samples: Float32Array): SampleSums {
  const sums = { sum: 0, energy: 0, peak: 0 };
  for (let start = 0; start < samples.length; start += BLOCK) {
    const block = samples.subarray(start, start + BLOCK);
    memory.floats.set(block, ONE);
    addBlock(sums, block.length);
  }
  return sums;
}

/**
 * Sends samples through a kernel that changes them in place.
 *
 * @param change gets the address of a block of them, how many they are, the index of the first, and the address of room
 *   for as many others
 * @param to filled; as many samples, which may be the same array
 * @returns the sums of what they became
 */
export function changeSamples(
  samples: Float32Array,
  to: Float32Array,
  change: (blockAt: number, count: number, first: number, othersAt: number) => void,
): SampleSums {
  const sums = { sum: 0, energy: 0, peak: 0 };
  for (let start = 0; start < samples.length; start += BLOCK) {
    const block = samples.subarray(start, start + BLOCK);
    memory.floats.set(block, ONE);
    change(4 * ONE, block.length, start, 4 * OTHER);
    addBlock(sums, block.length);
    to.set(memory.floats.subarray(ONE, ONE + block.length), start);
  }
  return sums;
}

/** What is left of a stretch when another of its length is taken from it, and the sums of that. */
export function difference(
  stretch: Float32Array,
  other: Float32Array,
): { samples: Float32Array; sums: SampleSums } {
  const samples = new Float32Array(stretch.length);
  const sums = changeSamples(stretch, samples, (blockAt, count, first, othersAt) => {
    memory.floats.set(other.subarray(first, first + count), othersAt >> 2);
    kernels.subtract(blockAt, othersAt, count);
  });
  return { samples, sums };
}

/** Adds what the block in the kernels' memory holds. */
function addBlock(sums: { -readonly [key in keyof SampleSums]: number }, count: number): void {
  kernels.levelSums(4 * ONE, count, FREE);
  sums.sum += memory.doubles[SUMS];
  sums.energy += memory.doubles[SUMS + 1];
  const peak = Math.max(sums.peak, -memory.doubles[SUMS + 2], memory.doubles[SUMS + 3]);
  // Least and greatest pass over what is no number; sums do not.
  sums.peak = Number.isNaN(sums.energy) ? Number.NaN : peak;
}

/** Sums of products of two stretches. */
export interface Products {
  /** Σ one · other. */
  readonly both: number;
  /** Σ one². */
  readonly one: number;
  /** Σ other². */
  readonly other: number;
}

/** Products of two stretches, as far as both of them go. */
export function sumProducts(one: Float32Array, other: Float32Array): Products {
  const length = Math.min(one.length, other.length);
  memory.doubles.fill(0, SUMS, SUMS + 3);
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(length, start + BLOCK);
    memory.floats.set(one.subarray(start, end), ONE);
    memory.floats.set(other.subarray(start, end), OTHER);
    kernels.addProducts(4 * ONE, 4 * OTHER, end - start, FREE);
  }
  return { both: memory.doubles[SUMS], one: memory.doubles[SUMS + 1], other: memory.doubles[SUMS + 2] };
}

/** Samples by which a running energy goes on. */
export const ENERGY_GRAIN = 32;

/** What one pass tells of the energy of every stretch of samples. */
export interface RunningEnergies {
  /** Σ x² from the first sample to the end of each grain, 0 before the first; the last grain may be short. */
  readonly sums: Float64Array;
  /** Largest absolute sample. */
  readonly peak: number;
}

/** @param samples numbers, all of them */
export function runningEnergies(samples: Float32Array): RunningEnergies {
  const sums = new Float64Array(Math.ceil(samples.length / ENERGY_GRAIN) + 1);
  let peak = 0;
  for (let start = 0, grain = 0; start < samples.length; start += BLOCK, grain += BLOCK / ENERGY_GRAIN) {
    const block = samples.subarray(start, start + BLOCK);
    const count = Math.ceil(block.length / ENERGY_GRAIN);
    memory.floats.set(block, ONE);
    memory.floats.fill(0, ONE + block.length, ONE + count * ENERGY_GRAIN);
    memory.doubles[RUNNING] = sums[grain];
    peak = Math.max(peak, kernels.runningEnergies(4 * ONE, count, 8 * RUNNING));
    sums.set(memory.doubles.subarray(RUNNING, RUNNING + count + 1), grain);
  }
  return { sums, peak };
}

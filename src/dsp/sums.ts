/** Sums over whole channels, by kernels with SIMD: block after block goes into their memory. Kept in doubles. */
import { BLOCK, type KernelFloats, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';

/** Samples by which a running energy goes on. */
export const ENERGY_GRAIN = 32;

const own = new KernelWorkspace();
const one = own.floats(BLOCK);
const other = own.floats(BLOCK);
const levels = own.struct('LevelSums');
const products = own.struct('ProductSums');
const running = own.doubles(BLOCK / ENERGY_GRAIN + 1);

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
    one.set(block);
    addBlock(sums, one, block.length);
  }
  return sums;
}

/**
 * The least and the greatest sample of channels from `start` up to `end`; what is no number may be passed over.
 * @param end after `start`, and no further than the channels go
 */
export function extremes(
  channels: readonly Float32Array[],
  start: number,
  end: number,
): { readonly least: number; readonly greatest: number } {
  const found = { least: Infinity, greatest: -Infinity };
  for (const channel of channels) {
    for (let from = start; from < end; from += BLOCK) {
      const block = channel.subarray(from, Math.min(end, from + BLOCK));
      one.set(block);
      kernels.levelSums(one, block.length, levels);
      found.least = Math.min(found.least, levels.least);
      found.greatest = Math.max(found.greatest, levels.greatest);
    }
  }
  return found;
}

/** @param block samples, @param count of them, @param first index of the first, @param others room for as many */
type Change = (block: KernelFloats, count: number, first: number, others: KernelFloats) => void;

interface Blocks {
  readonly block: KernelFloats;
  readonly others: KernelFloats;
}

/** What nobody is changing samples in at the moment: a change inside another has blocks of its own. */
const spareBlocks: Blocks[] = [];

/**
 * Sends samples through a kernel that changes them in place.
 *
 * @param to filled; as many samples, which may be the same array
 * @returns the sums of what they became
 */
export function changeSamples(samples: Float32Array, to: Float32Array, change: Change): SampleSums {
  const blocks = spareBlocks.pop() ?? { block: own.floats(BLOCK), others: own.floats(BLOCK) };
  try {
    return changeBlocks(samples, to, change, blocks);
  } finally {
    spareBlocks.push(blocks);
  }
}

function changeBlocks(
  samples: Float32Array,
  to: Float32Array,
  change: Change,
  { block, others }: Blocks,
): SampleSums {
  const sums = { sum: 0, energy: 0, peak: 0 };
  for (let start = 0; start < samples.length; start += BLOCK) {
    const part = samples.subarray(start, start + BLOCK);
    block.set(part);
    change(block, part.length, start, others);
    addBlock(sums, block, part.length);
    to.set(block.subarray(0, part.length), start);
  }
  return sums;
}

/**
 * What is left of samples when as many others are taken from them, and the sums of that.
 * @param samples filled with it; may be either of the two
 */
export function difference(
  minuend: Float32Array,
  subtrahend: Float32Array,
  samples: Float32Array = new Float32Array(minuend.length),
): { samples: Float32Array; sums: SampleSums } {
  const sums = changeSamples(minuend, samples, (block, count, first, others) => {
    others.set(subtrahend.subarray(first, first + count));
    kernels.subtract(block, others, count);
  });
  return { samples, sums };
}

type Totals = { -readonly [key in keyof SampleSums]: number };

/** Adds what the first samples of a block hold. */
function addBlock(sums: Totals, block: KernelFloats, count: number): void {
  kernels.levelSums(block, count, levels);
  sums.sum += levels.sum;
  sums.energy += levels.energy;
  const peak = Math.max(sums.peak, -levels.least, levels.greatest);
  // Least and greatest pass over what is no number; sums do not.
  sums.peak = Number.isNaN(sums.energy) ? Number.NaN : peak;
}

/** Sums of products of two signals. */
export interface Products {
  /** Σ one · other. */
  readonly both: number;
  /** Σ one². */
  readonly one: number;
  /** Σ other². */
  readonly other: number;
}

/** Products of two signals, as far as both of them go. */
export function sumProducts(left: Float32Array, right: Float32Array): Products {
  const length = Math.min(left.length, right.length);
  Object.assign(products, { both: 0, one: 0, other: 0 });
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(length, start + BLOCK);
    one.set(left.subarray(start, end));
    other.set(right.subarray(start, end));
    kernels.addProducts(one, other, end - start, products);
  }
  return { both: products.both, one: products.one, other: products.other };
}

/** Sums that {@link runningProducts} gives for each row. */
export const PRODUCTS = 3;
/** Rows that are summed at a time. */
const ROWS = 256;
const rowEdges = own.integers(ROWS + 1);
const rowSums = own.doubles(PRODUCTS * (ROWS + 1));

/**
 * Σ left², Σ right² and Σ left · right of all rows before each one, and of all.
 * @param right null where there is none: its sums are 0
 * @param rows rows, one behind the other
 * @param edgeOf first sample of a row, and of the one after the last
 */
export function runningProducts(
  left: Float32Array,
  right: Float32Array | null,
  rows: number,
  edgeOf: (row: number) => number,
): Float64Array {
  const sums = new Float64Array(PRODUCTS * (rows + 1));
  for (let row = 0; row < rows; ) {
    const from = edgeOf(row);
    const first = row;
    for (
      let end = edgeOf(row + 1);
      row < rows && row - first < ROWS && end - from <= BLOCK;
      end = edgeOf(row + 1)
    ) {
      rowEdges[++row - first] = end - from;
    }
    if (row === first) throw new RangeError(`A row may have ${BLOCK} samples at most.`);
    const count = rowEdges[row - first];
    one.set(left.subarray(from, from + count));
    if (right) other.set(right.subarray(from, from + count));
    else other.fill(0, 0, count);
    rowSums.set(sums.subarray(PRODUCTS * first, PRODUCTS * (first + 1)));
    kernels.runningProducts(one, other, rowEdges, row - first, rowSums);
    sums.set(rowSums.subarray(0, PRODUCTS * (row - first + 1)), PRODUCTS * first);
  }
  return sums;
}

/** What one pass tells of the energy of every part of a signal. */
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
    one.set(block);
    one.fill(0, block.length, count * ENERGY_GRAIN);
    running[0] = sums[grain];
    peak = Math.max(peak, kernels.runningEnergies(one, count, running));
    sums.set(running.subarray(0, count + 1), grain);
  }
  return { sums, peak };
}

/**
 * A crossfade that keeps level and stereo image from moment to moment. Gains from one correlation keep the level of a
 * whole fade; within it, partials of the two sides drift in and out of phase, so that the level swells and dips by some
 * dB, and where the middle runs in phase and the sides do not, the image narrows. Here the power is brought, in windows of
 * 46 ms, to what lies between those of the two sides at that moment, and the covariance of the channels in windows of 0.2 s:
 * in shorter ones tones of the two channels that have nothing in common seem to, and one would leak into the other.
 *
 * For the covariance it is the symmetric 2 × 2 matrix nearest to doing nothing that turns one covariance into the other
 * (J. Vilkamo, T. Bäckström, A. Kuntz, "Optimized covariance domain framework for time-frequency processing of spatial
 * audio", JAES 61(6), 2013): the geometric mean of the wanted covariance and the inverse of the given one.
 */
import { BLOCK, KernelWorkspace, partOf } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Samples whose sums are taken together. */
const GRAIN = 256;
/** Grains on either side whose sums are taken together: 52 ms for power, 0.2 s for covariance, at 44.1 kHz. */
const POWER_REACH = 4;
const IMAGE_REACH = 17;
/** Power is changed by a factor of this or one over it at most: 4.5 dB. */
const MOST_CHANGE = 2.8;
/** What is this share of the power is taken to lie in every direction: where a channel or a difference has nothing, nothing is raised. */
const SPREAD_SHARE = 0.003;

/** What a grain sums up of one or two channels: Σ left², Σ right², Σ left·right. */
const SUMS = 3;

/** Two sides and what was blended of them, one band, one array a channel; all of one length. */
export interface BlendedBand {
  readonly incoming: readonly Float32Array[];
  readonly outgoing: readonly Float32Array[];
  /** Changed. */
  readonly blended: readonly Float32Array[];
}

/** @param rising weight of the side that comes in, one a sample */
export function keepImage({ incoming, outgoing, blended }: BlendedBand, rising: Float32Array): void {
  const count = blended[0].length;
  const grains = Math.ceil(count / GRAIN);
  const wantedSums = new Float64Array(SUMS * grains);
  const sums = [incoming, outgoing].map((side) => grainSums(side, count));
  for (let grain = 0; grain < grains; grain++) {
    const g = rising[Math.min(count - 1, grain * GRAIN + (GRAIN >> 1))];
    const share = (g * g) / (g * g + (1 - g) * (1 - g));
    for (let k = grain * SUMS; k < (grain + 1) * SUMS; k++) {
      wantedSums[k] = share * sums[0][k] + (1 - share) * sums[1][k];
    }
  }
  const [wanted, given] = [runningSums(wantedSums), runningSums(grainSums(blended, count))];
  const matrices = new Float64Array(SUMS * grains);
  for (let grain = 0; grain < grains; grain++) {
    const from = windowed(given, grain, grains, POWER_REACH);
    const to = windowed(wanted, grain, grains, POWER_REACH);
    let matrix: Covariance = [1, 1, 0];
    if (blended.length > 1) {
      matrix = matrixOf(
        windowed(given, grain, grains, IMAGE_REACH),
        windowed(wanted, grain, grains, IMAGE_REACH),
      );
    }
    const gain = Math.sqrt(limited(to[0] + to[1], powerAfter(matrix, from)));
    for (let k = 0; k < SUMS; k++) matrices[grain * SUMS + k] = gain * matrix[k];
  }
  apply(blended, matrices, grains);
}

function grainSums(channels: readonly Float32Array[], count: number): Float64Array {
  const sums = new Float64Array(SUMS * Math.ceil(count / GRAIN));
  for (let start = 0, at = 0; start < count; start += BLOCK) {
    const length = Math.min(BLOCK, count - start);
    load(channels, start, length);
    for (let grain = 0; grain * GRAIN < length; grain++, at += SUMS) {
      products.one = products.other = products.both = 0;
      const samples = Math.min(GRAIN, length - grain * GRAIN);
      kernels.addProducts(leftGrains[grain], rightGrains[grain], samples, products);
      sums[at] = products.one;
      sums[at + 1] = products.other;
      sums[at + 2] = products.both;
    }
  }
  return sums;
}

type Covariance = readonly [left: number, right: number, both: number];

/** Sums of all grains before each, and of all. */
function runningSums(sums: Float64Array): Float64Array {
  const running = new Float64Array(sums.length + SUMS);
  for (let k = 0; k < sums.length; k++) running[k + SUMS] = running[k] + sums[k];
  return running;
}

/** Over the window about a grain. */
function windowed(running: Float64Array, grain: number, grains: number, reach: number): Covariance {
  const from = SUMS * Math.max(0, grain - reach);
  const to = SUMS * Math.min(grains, grain + reach + 1);
  return [
    running[to] - running[from],
    running[to + 1] - running[from + 1],
    running[to + 2] - running[from + 2],
  ];
}

/** Power of both channels together once their covariance goes through a matrix. */
function powerAfter([own, others, cross]: Covariance, [left, right, both]: Covariance): number {
  return (
    (own * own + cross * cross) * left +
    (others * others + cross * cross) * right +
    2 * cross * (own + others) * both
  );
}

/** Of a wanted power over a given one. */
function limited(wanted: number, given: number): number {
  if (given <= 0 || wanted <= 0) return 1;
  return Math.max(1 / MOST_CHANGE, Math.min(MOST_CHANGE, wanted / given));
}

/** The symmetric matrix, as its two diagonal entries and the other, that turns one covariance into the other. */
function matrixOf(given: Covariance, wanted: Covariance): Covariance {
  const power = given[0] + given[1];
  const scale = limited(wanted[0] + wanted[1], power) / ((wanted[0] + wanted[1]) / power);
  if (!(scale > 0) || !Number.isFinite(scale)) return [1, 1, 0];
  const spread = SPREAD_SHARE * power;
  const [a, b, c] = [given[0] + spread, given[1] + spread, given[2]];
  const [x, y, z] = [scale * wanted[0] + spread, scale * wanted[1] + spread, scale * wanted[2]];
  const [alpha, beta] = [Math.sqrt(a * b - c * c), Math.sqrt(x * y - z * z)];
  const [left, right, both] = [b / alpha + x / beta, a / alpha + y / beta, z / beta - c / alpha];
  const factor = Math.sqrt(beta / alpha / (left * right - both * both));
  return [factor * left, factor * right, factor * both];
}

/** Multiplies each sample by its matrix, which goes straight from the middle of one grain to that of the next. */
function apply(channels: readonly Float32Array[], matrices: Float64Array, grains: number): void {
  const { length } = channels[0];
  const last = SUMS * (grains - 1);
  for (let start = 0, grain = 0; start < length; start += BLOCK, grain += BLOCK / GRAIN) {
    const count = Math.min(BLOCK, length - start);
    load(channels, start, count);
    for (const { from, left, right } of betweenMiddles) {
      if (from >= count) break;
      const before = grain + Math.floor(from / GRAIN - 0.5);
      const share = (start + from + 0.5) / GRAIN - 0.5 - before;
      const [at, next] = [Math.max(0, SUMS * before), Math.min(last, SUMS * (before + 1))];
      const step = (k: number) => (matrices[next + k] - matrices[at + k]) / GRAIN;
      const first = (k: number) => matrices[at + k] + share * GRAIN * step(k);
      const samples = Math.min(left.length, count - from);
      kernels.turnSides(left, right, samples, first(0), step(0), first(1), step(1), first(2), step(2));
    }
    for (const [c, channel] of channels.entries()) channel.set(blocks[c].subarray(0, count), start);
  }
}

const own = new KernelWorkspace();
/** A block of both channels; of a single one the other is silent. */
const blocks = [own.floats(BLOCK), own.floats(BLOCK)] as const;
const products = own.struct('ProductSums');
const [leftGrains, rightGrains] = blocks.map((block) =>
  Array.from({ length: BLOCK / GRAIN }, (_, grain) => partOf(block, grain * GRAIN, (grain + 1) * GRAIN)),
);
/** What of a block lies between the middles of two grains, and at its ends half as much. */
const betweenMiddles = Array.from({ length: BLOCK / GRAIN + 1 }, (_, k) => {
  const [from, to] = [Math.max(0, (k - 0.5) * GRAIN), Math.min(BLOCK, (k + 0.5) * GRAIN)];
  const [left, right] = blocks.map((block) => partOf(block, from, to));
  return { from, left, right };
});

function load(channels: readonly Float32Array[], start: number, count: number): void {
  for (const [c, block] of blocks.entries()) {
    if (c < channels.length) block.set(channels[c].subarray(start, start + count));
    else block.fill(0, 0, count);
  }
}

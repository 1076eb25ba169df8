/** Riding the level of a ring: one gain that moves slowly, round its end. */
import { KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { pow } from './maths.ts';

/** How {@link evenLevel} rides. */
export interface Riding {
  /** Width of the triangle over which level is measured, samples; the gain moves no faster. */
  readonly width: number;
  /** Largest correction of one pass, up or down, dB. */
  readonly limitDb: number;
  /** Each pass measures what the last one left. */
  readonly passes: number;
  /** How the level is to move about its mean, power by power, evenly round the ring; none: not at all. */
  readonly course?: Float32Array;
}

/** Samples, about, over which power is summed before it is smoothed: short against any riding width. */
const BLOCK = 32;
/** Blocks that are handed over at a time; none is longer than that of a ring of one. */
const BLOCKS = 96;
const LONGEST_BLOCK = 47;

const own = new KernelWorkspace();
/** One a block, and one more. */
const figures = own.floats(BLOCKS + 1);
const samples = own.floats((BLOCKS + 1) * LONGEST_BLOCK);

/**
 * Rides the level of a ring towards its mean, one gain for all channels, so that the image stays.
 * A steady tone cut into grains beats with itself; this takes out the slow part of that.
 */
export function evenLevel(
  channels: readonly Float32Array[],
  { width, limitDb, passes, course }: Riding,
): void {
  const { length } = channels[0];
  const count = ringBlocks(length);
  const power = new Float32Array(count);
  for (const channel of channels) addBlockPowers(channel, power);
  const mean = meanOf(power);
  if (mean === 0) return;
  const wanted = course ? spread(course, mean, count) : new Float32Array(count).fill(mean);
  const gains = new Float32Array(count).fill(1);
  const ridden = new Float32Array(count);
  for (let pass = 0; pass < passes; pass++) {
    applyGains(power, gains, ridden);
    correct(gains, smoothRing(ridden, (width * count) / length), wanted, pow(10, limitDb / 10));
  }
  for (const channel of channels) multiplyRing(channel, gains);
}

/** How many gains {@link multiplyRing} takes for a ring of so many samples. */
export function ringBlocks(length: number): number {
  return Math.max(1, Math.round(length / BLOCK));
}

/** Adds the mean power of each of as many equal blocks as there are powers. */
function addBlockPowers(channel: Float32Array, powers: Float32Array): void {
  const count = powers.length;
  for (let first = 0; first < count; first += BLOCKS) {
    const part = powers.subarray(first, first + BLOCKS);
    const start = Math.round((first * channel.length) / count);
    const end = Math.round(((first + part.length) * channel.length) / count);
    samples.set(channel.subarray(start, end));
    figures.set(part);
    kernels.addBlockPowers(samples, first, part.length, channel.length, count, figures);
    part.set(figures.subarray(0, part.length));
  }
}

function meanOf(powers: Float32Array): number {
  let mean = 0;
  for (let i = 0; i < powers.length; i++) mean += powers[i] / powers.length;
  return mean;
}

function applyGains(powers: Float32Array, gains: Float32Array, ridden: Float32Array): void {
  for (let i = 0; i < powers.length; i++) ridden[i] = powers[i] * gains[i] * gains[i];
}

/** A course in so many places as there are blocks, straight lines between, times a power. */
function spread(course: Float32Array, power: number, count: number): Float32Array {
  const output = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const place = (i * course.length) / count;
    const before = Math.floor(place);
    const [here, next] = [course[before], course[(before + 1) % course.length]];
    output[i] = power * (here + (place - before) * (next - here));
  }
  return output;
}

/** Takes the gains towards what gives every place the power wanted. @param most largest change, in power */
function correct(gains: Float32Array, local: Float32Array, wanted: Float32Array, most: number): void {
  for (let i = 0; i < gains.length; i++) {
    gains[i] *= Math.sqrt(Math.min(most, Math.max(1 / most, wanted[i] / (local[i] + 1e-20))));
  }
}

/**
 * Multiplies by gains given at the middles of equal blocks, straight lines between them, round the ring.
 * @param channel changed
 * @param gains {@link ringBlocks} of them
 */
export function multiplyRing(channel: Float32Array, gains: Float32Array): void {
  const { length } = channel;
  const count = gains.length;
  const step = count / length;
  // The last line begins in the last block and ends in the first, as the first does.
  const ends = new Float32Array(count + 2);
  ends.set(gains, 1);
  ends[0] = gains[count - 1];
  ends[count + 1] = gains[0];
  for (let first = 0, start = 0; first <= count; first += BLOCKS) {
    const lines = Math.min(BLOCKS, count + 1 - first);
    const end = Math.min(length, Math.ceil((first + lines - 0.5) / step - 0.5));
    const part = channel.subarray(start, end);
    samples.set(part);
    figures.set(ends.subarray(first, first + lines + 1));
    kernels.rideGains(samples, first, lines, length, count, figures);
    part.set(samples.subarray(0, part.length));
    start = end;
  }
}

/**
 * Mean of the values around each place of the ring, weighted by a triangle `width` wide (a box run twice,
 * so the cost does not depend on the width).
 * @param width whole base of the triangle in samples; at least 2
 */
export function smoothRing(values: Float32Array, width: number): Float32Array {
  const half = Math.max(1, Math.min(Math.round(width / 2), values.length));
  return boxAhead(boxAhead(values, half), half, 1 - half);
}

/** Mean of values[n + shift … n + shift + width) around the ring. */
function boxAhead(values: Float32Array, width: number, shift = 0): Float32Array {
  const { length } = values;
  const means = new Float32Array(length);
  let leaving = ((shift % length) + length) % length;
  let entering = leaving;
  let sum = 0;
  for (let n = 0; n < width; n++) {
    sum += values[entering];
    entering = entering + 1 === length ? 0 : entering + 1;
  }
  for (let n = 0; n < length; n++) {
    means[n] = Math.max(0, sum / width);
    sum += values[entering] - values[leaving];
    entering = entering + 1 === length ? 0 : entering + 1;
    leaving = leaving + 1 === length ? 0 : leaving + 1;
  }
  return means;
}

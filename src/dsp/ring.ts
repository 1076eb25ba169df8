/**
 * The ring: a buffer whose end is its beginning. What is overlapped, evened or modulated here has no seam,
 * because no operation knows where the buffer begins.
 */
import { kernels, memory } from './kernels.ts';
import { multiply } from './levels.ts';

/** What a frame is multiplied by before it is added. */
export interface Shape {
  /** Address of a window as long as the frame. */
  readonly windowAt: number;
  readonly gain: number;
}

/**
 * Adds a frame that lies in the kernels' memory to the ring from place `at` on; what runs past the end goes on at the
 * start, as often as it takes.
 * @param at whole number, 0 ≤ at < ring.length
 * @param frameAt address of `length` samples
 * @param partAt address of room for as many and three more: for the stretch of ring that they are added to
 */
export function addToRing(
  ring: Float32Array,
  at: number,
  frameAt: number,
  length: number,
  partAt: number,
  shape?: Shape,
): void {
  const part = partAt >> 2;
  for (let done = 0, place = at; done < length; place = 0) {
    const count = Math.min(length - done, ring.length - place);
    memory.floats.set(ring.subarray(place, place + count), part);
    if (shape) kernels.addProduct(frameAt + 4 * done, shape.windowAt + 4 * done, shape.gain, partAt, count);
    else kernels.addTo(partAt, frameAt + 4 * done, count);
    ring.set(memory.floats.subarray(part, part + count), place);
    done += count;
  }
}

/**
 * Divides every channel by √weight, the root of the summed squared envelopes: overlapping grains that do not
 * know of each other add in power, so this makes the expected power constant.
 */
export function normaliseOverlap(channels: readonly Float32Array[], weight: Float32Array): void {
  const gains = new Float32Array(weight.length);
  // Where (almost) nothing plays there is nothing to lift: -80 dB is under any envelope's audible part.
  for (let n = 0; n < gains.length; n++) gains[n] = 1 / Math.sqrt(Math.max(weight[n], 1e-8));
  for (const channel of channels) multiply(channel, gains);
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

/** How {@link evenLevel} rides. */
export interface Riding {
  /** Width of the triangle over which level is measured, samples; the gain moves no faster. */
  readonly width: number;
  /** Largest correction of one pass, up or down, dB. */
  readonly limitDb: number;
  /** Each pass measures what the last one left. */
  readonly passes: number;
}

/** Samples, about, over which power is summed before it is smoothed: short against any riding width. */
const BLOCK = 32;

/**
 * Rides the level of a ring towards its mean, one gain for all channels, so that the image stays.
 * A steady tone cut into grains beats with itself; this takes out the slow part of that.
 */
export function evenLevel(channels: readonly Float32Array[], riding: Riding): void {
  const { length } = channels[0];
  const count = Math.max(1, Math.round(length / BLOCK));
  const power = blockPowers(channels, count);
  let mean = 0;
  for (let i = 0; i < count; i++) mean += power[i] / count;
  if (mean === 0) return;
  const most = 10 ** (riding.limitDb / 10);
  const gains = new Float32Array(count).fill(1);
  for (let pass = 0; pass < riding.passes; pass++) {
    const ridden = power.map((value, i) => value * gains[i] * gains[i]);
    const local = smoothRing(ridden, (riding.width * count) / length);
    for (let i = 0; i < count; i++) {
      gains[i] *= Math.sqrt(Math.min(most, Math.max(1 / most, mean / (local[i] + 1e-20))));
    }
  }
  for (const channel of channels) multiplyInterpolated(channel, gains);
}

/** Mean power of each of `count` equal blocks, summed over channels. */
function blockPowers(channels: readonly Float32Array[], count: number): Float32Array {
  const powers = new Float32Array(count);
  for (const channel of channels) {
    for (let i = 0, n = 0; i < count; i++) {
      const end = Math.round(((i + 1) * channel.length) / count);
      const size = end - n;
      let sum = 0;
      for (; n < end; n++) sum += channel[n] * channel[n];
      powers[i] += sum / size;
    }
  }
  return powers;
}

/** Multiplies by gains given at the middles of equal blocks, straight lines between them, round the ring. */
function multiplyInterpolated(channel: Float32Array, gains: Float32Array): void {
  const count = gains.length;
  const step = count / channel.length;
  for (let i = 0, n = 0; i <= count; i++) {
    const before = gains[(i + count - 1) % count];
    const slope = (gains[i % count] - before) * step;
    const end = Math.min(channel.length, Math.ceil((i + 0.5) / step - 0.5));
    // Of the first sample behind the middle of the block before, in parts of a block.
    let gain = before + slope * (n + 0.5 - (i - 0.5) / step);
    for (; n < end; n++, gain += slope) channel[n] *= gain;
  }
}

/**
 * The whole number of cycles on a ring of this length that comes nearest to a rate; 0 only for rate 0.
 * @param rateHz 0 or more
 */
export function wholeCycles(rateHz: number, frames: number, sampleRate: number): number {
  return rateHz > 0 ? Math.max(1, Math.round((rateHz * frames) / sampleRate)) : 0;
}

/**
 * Tremolo of whole cycles: the gain goes between 1 and 1 - depth along a cosine.
 * @param cycles whole number; see {@link wholeCycles}
 * @param depth 0 to 1
 * @param phase where in its cycle it begins, in cycles
 */
export function tremoloRing(
  channels: readonly Float32Array[],
  cycles: number,
  depth: number,
  phase: number,
): void {
  const { length } = channels[0];
  const step = (2 * Math.PI * cycles) / length;
  const gains = new Float32Array(length);
  for (let n = 0; n < length; n++) {
    gains[n] = 1 - depth * 0.5 * (1 - Math.cos(step * n + 2 * Math.PI * phase));
  }
  for (const channel of channels) multiply(channel, gains);
}

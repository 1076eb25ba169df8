/**
 * The ring: a buffer whose end is its beginning. What is overlapped, modulated or, in riding.ts, evened has no
 * seam, because no operation knows where the buffer begins.
 */
import { BLOCK, type KernelFloats, KernelWorkspace, partOf } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { multiply } from './levels.ts';
import { cos } from './maths.ts';

/** Samples of the ring that a frame is added to at a time. */
const MOST_ADDED = 16_384;

const own = new KernelWorkspace();
const added = own.floats(MOST_ADDED);
const gains = own.floats(BLOCK);
const samples = own.floats(BLOCK);

/** Where (almost) nothing plays there is nothing to lift: -80 dB is under any envelope's audible part. */
const LEAST_WEIGHT = 1e-8;

/** What a frame is multiplied by before it is added. */
export interface Shape {
  /** As long as the frame. */
  readonly window: KernelFloats;
  readonly gain: number;
}

/**
 * Adds the first samples of a frame to the ring from place `at` on; what runs past the end goes on at the start, as often as
 * it takes.
 * @param at whole number, 0 ≤ at < ring.length
 */
export function addToRing(
  ring: Float32Array,
  at: number,
  frame: KernelFloats,
  length = frame.length,
  shape?: Shape,
): void {
  let place = at;
  for (let done = 0; done < length; ) {
    const count = Math.min(length - done, ring.length - place, MOST_ADDED);
    const part = done === 0 ? frame : partOf(frame, done);
    added.set(ring.subarray(place, place + count));
    if (shape) {
      const window = done === 0 ? shape.window : partOf(shape.window, done);
      kernels.addProduct(part, window, shape.gain, added, count);
    } else kernels.addTo(added, part, count);
    ring.set(added.subarray(0, count), place);
    done += count;
    place = (place + count) % ring.length;
  }
}

/**
 * Divides every channel by √weight, the root of the summed squared envelopes: overlapping grains that do not
 * know of each other add in power, so this makes the expected power constant.
 */
export function normaliseOverlap(channels: readonly Float32Array[], weight: Float32Array): void {
  for (let start = 0; start < weight.length; start += BLOCK) {
    const weights = weight.subarray(start, start + BLOCK);
    gains.set(weights);
    kernels.overlapGains(gains, LEAST_WEIGHT, weights.length);
    for (let c = 0; c < channels.length; c++) {
      const block = channels[c].subarray(start, start + BLOCK);
      samples.set(block);
      kernels.multiplyArrays(samples, gains, samples, block.length);
      block.set(samples.subarray(0, block.length));
    }
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
  const wave = new Float32Array(length);
  for (let n = 0; n < length; n++) {
    wave[n] = 1 - depth * 0.5 * (1 - cos(step * n + 2 * Math.PI * phase));
  }
  for (const channel of channels) multiply(channel, wave);
}

/**
 * The ring: a buffer whose end is its beginning. What is overlapped, modulated or, in riding.ts, evened has no
 * seam, because no operation knows where the buffer begins.
 */
import { BLOCK, FREE, kernels, memory } from './kernels.ts';
import { multiply } from './levels.ts';
import { cos } from './maths.ts';

const WEIGHTS = FREE >> 2;
const SAMPLES = WEIGHTS + BLOCK;
/** Where (almost) nothing plays there is nothing to lift: -80 dB is under any envelope's audible part. */
const LEAST_WEIGHT = 1e-8;

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
  const { floats } = memory;
  for (let start = 0; start < weight.length; start += BLOCK) {
    const weights = weight.subarray(start, start + BLOCK);
    floats.set(weights, WEIGHTS);
    kernels.overlapGains(4 * WEIGHTS, LEAST_WEIGHT, weights.length);
    for (let c = 0; c < channels.length; c++) {
      const block = channels[c].subarray(start, start + BLOCK);
      floats.set(block, SAMPLES);
      kernels.multiplyArrays(4 * SAMPLES, 4 * WEIGHTS, 4 * SAMPLES, block.length);
      block.set(floats.subarray(SAMPLES, SAMPLES + block.length));
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
  const gains = new Float32Array(length);
  for (let n = 0; n < length; n++) {
    gains[n] = 1 - depth * 0.5 * (1 - cos(step * n + 2 * Math.PI * phase));
  }
  for (const channel of channels) multiply(channel, gains);
}

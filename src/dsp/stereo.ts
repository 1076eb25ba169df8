import { BLOCK, FREE, kernels, memory } from './kernels.ts';
import { sumProducts } from './sums.ts';

const LEFT = FREE >> 2;
const RIGHT = LEFT + BLOCK;

/** How the two channels of a stereo sound hang together. */
export interface StereoCovariance {
  /** Σ left². */
  left: number;
  /** Σ right². */
  right: number;
  /** Σ left·right. */
  both: number;
}

/** Covariance of samples [start, end) of two channels of one length, without taking their means out; 0 of none. */
export function stereoCovariance(
  left: Float32Array,
  right: Float32Array,
  start = 0,
  end = left.length,
): StereoCovariance {
  // A negative end would count from the array's own.
  const last = Math.max(start, end);
  const { one, other, both } = sumProducts(left.subarray(start, last), right.subarray(start, last));
  return { left: one, right: other, both };
}

/** Correlation, -1 to 1; 0 where a channel is silent. */
export function correlationOf({ left, right, both }: StereoCovariance): number {
  const scale = Math.sqrt(left * right);
  return scale > 0 ? both / scale : 0;
}

/** Steps of the bisection: 2^-20 of the range is far below anything heard. */
const BISECTIONS = 20;

/**
 * Widens or narrows a stereo sound, in place, until its channels correlate as wanted: the side signal
 * (L - R)/2 is multiplied by one gain.
 * @param wanted correlation, -1 to 1
 * @param limit largest gain of the side and 1 over the smallest; the wish is met as far as that allows
 */
export function matchCorrelation(
  left: Float32Array,
  right: Float32Array,
  wanted: number,
  limit: number,
): void {
  const side = sideGain(stereoCovariance(left, right), wanted, limit);
  const own = (1 + side) / 2;
  const other = (1 - side) / 2;
  const { floats } = memory;
  for (let start = 0; start < left.length; start += BLOCK) {
    const end = Math.min(left.length, start + BLOCK);
    floats.set(left.subarray(start, end), LEFT);
    floats.set(right.subarray(start, end), RIGHT);
    kernels.mixSides(4 * LEFT, 4 * RIGHT, own, other, end - start);
    left.set(floats.subarray(LEFT, LEFT + end - start), start);
    right.set(floats.subarray(RIGHT, RIGHT + end - start), start);
  }
}

/** The gain of the side signal that gives a sound this correlation, within 1/limit to limit. */
export function sideGain(before: StereoCovariance, wanted: number, limit: number): number {
  let low = 1 / limit;
  let high = limit;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = Math.sqrt(low * high);
    // More side, less correlation.
    if (correlationOf(withSide(before, middle)) > wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** Covariance after the side is multiplied by a gain. */
export function withSide({ left, right, both }: StereoCovariance, side: number): StereoCovariance {
  const own = (1 + side) / 2;
  const other = (1 - side) / 2;
  return {
    left: own * own * left + other * other * right + 2 * own * other * both,
    right: other * other * left + own * own * right + 2 * own * other * both,
    both: own * other * (left + right) + (own * own + other * other) * both,
  };
}

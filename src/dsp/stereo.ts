import { BLOCK, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { sumProducts } from './sums.ts';

const own = new KernelWorkspace();
const leftBlock = own.floats(BLOCK);
const rightBlock = own.floats(BLOCK);

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
  const ownGain = (1 + side) / 2;
  const otherGain = (1 - side) / 2;
  for (let start = 0; start < left.length; start += BLOCK) {
    const end = Math.min(left.length, start + BLOCK);
    leftBlock.set(left.subarray(start, end));
    rightBlock.set(right.subarray(start, end));
    kernels.mixSides(leftBlock, rightBlock, ownGain, otherGain, end - start);
    left.set(leftBlock.subarray(0, end - start), start);
    right.set(rightBlock.subarray(0, end - start), start);
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
  const ownGain = (1 + side) / 2;
  const otherGain = (1 - side) / 2;
  return {
    left: ownGain * ownGain * left + otherGain * otherGain * right + 2 * ownGain * otherGain * both,
    right: otherGain * otherGain * left + ownGain * ownGain * right + 2 * ownGain * otherGain * both,
    both: ownGain * otherGain * (left + right) + (ownGain * ownGain + otherGain * otherGain) * both,
  };
}

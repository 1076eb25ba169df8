import type { KernelFloats } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { cos } from '../dsp/maths.ts';

/** Where in a whole-file loop two places of the source are blended; it may run around the end of the file. */
export interface Crossfade {
  /** First frame, 0 to the loop's length less one. */
  readonly start: number;
  /** Frames. */
  readonly length: number;
}

/** Below this two sides cancel so much that restoring the level would only raise what differs. */
const LOWEST_CORRELATION = -0.5;

/** Curves that are kept, by length: searches ask for the same few again and again. */
const curves = new Map<number, Float32Array>();
const CURVES_KEPT = 8;

/**
 * The rising half of a crossfade before it is levelled: a raised cosine, so that no corner is where it begins or ends.
 * @returns not to be changed: whoever asks for the same length is given the same
 */
export function risingCurve(length: number): Float32Array {
  const known = curves.get(length);
  if (known) return known;
  if (curves.size === CURVES_KEPT) curves.clear();
  const curve = raisedCosine(length);
  curves.set(length, curve);
  return curve;
}

function raisedCosine(length: number): Float32Array {
  const curve = new Float32Array(length);
  // Its second half is its first, turned.
  for (let k = 0; 2 * k < length; k++) {
    const half = 0.5 * cos((Math.PI * (k + 1)) / (length + 1));
    curve[k] = 0.5 - half;
    curve[length - 1 - k] = 0.5 + half;
  }
  return curve;
}

/**
 * What both sides of a crossfade, weighted with g and 1 - g, are multiplied by to keep its power even at correlation r
 * (M. Fink, M. Holters, U. Zölzer, "Signal-matched power-complementary cross-fading and dry-wet mixing", DAFx-16):
 * 1 / √(g² + (1-g)² + 2·r·g·(1-g)), so that r = 1 leaves it linear in amplitude and r = 0 makes it equal power.
 * @param rising g: {@link risingCurve}, or a part of it
 * @param levelling filled, `count` numbers
 */
export function levelCrossfade(
  rising: KernelFloats,
  correlation: number,
  levelling: KernelFloats,
  count: number,
): void {
  const apart = 2 * (1 - Math.max(LOWEST_CORRELATION, Math.min(1, correlation)));
  kernels.levelCrossfade(rising, apart, levelling, count);
}

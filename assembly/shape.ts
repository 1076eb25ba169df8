import { greatestOf, sumOf } from './lanes';
import { logarithms } from './logarithm';
import { Floats } from './types';

@unmanaged
export class ShapeSums {
  /** Σ magnitude. */
  magnitudes: f32;
  /** Σ bin · magnitude. */
  moments: f32;
  /** The largest power. */
  largest: f32;
}

@unmanaged
export class FlatnessSums {
  /** Σ ln(power + floor). */
  logarithms: f32;
  /** Σ (power + floor). */
  powers: f32;
}

/**
 * Magnitudes of a power spectrum, and their sums for its centroid. Bins first to last, four at a time: three
 * zeros follow the last.
 *
 * @param magnitude one a bin: filled, up to three bins past the last
 * @param sums filled
 */
export function magnitudeSums(
  power: Floats,
  first: i32,
  last: i32,
  magnitude: Floats,
  sums: ShapeSums,
): void {
  let sum = f32x4.splat(0);
  let moment = f32x4.splat(0);
  let largest = f32x4.splat(0);
  let bins = f32x4.add(f32x4.splat(<f32>first), f32x4(0, 1, 2, 3));
  for (let k = first; k <= last; k += 4) {
    const p = v128.load(power + ((<usize>k) << 2));
    const m = f32x4.sqrt(p);
    v128.store(magnitude + ((<usize>k) << 2), m);
    sum = f32x4.add(sum, m);
    moment = f32x4.add(moment, f32x4.mul(m, bins));
    largest = f32x4.pmax(largest, p);
    bins = f32x4.add(bins, f32x4.splat(4));
  }
  sums.magnitudes = sumOf(sum);
  sums.moments = sumOf(moment);
  sums.largest = greatestOf(largest);
}

/**
 * Σ ln(power + floor) and Σ (power + floor) over bins first to last.
 * @param sums filled
 */
export function flatnessSums(power: Floats, first: i32, last: i32, floor: f32, sums: FlatnessSums): void {
  const floors = f32x4.splat(floor);
  let logarithm = f32x4.splat(0);
  let total = f32x4.splat(0);
  let bins = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  for (let k = first; k <= last; k += 4) {
    const value = f32x4.add(v128.load(power + ((<usize>k) << 2)), floors);
    const inside = i32x4.le_s(bins, i32x4.splat(last));
    logarithm = f32x4.add(logarithm, v128.and(logarithms(value), inside));
    total = f32x4.add(total, v128.and(value, inside));
    bins = i32x4.add(bins, i32x4.splat(4));
  }
  sums.logarithms = sumOf(logarithm);
  sums.powers = sumOf(total);
}

/** The last bin from `last` down to `least` whose power is at least `threshold`. */
export function topBin(power: Floats, least: i32, last: i32, threshold: f32): i32 {
  let top = last;
  while (top > least && load<f32>(power + ((<usize>top) << 2)) < threshold) top--;
  return top;
}

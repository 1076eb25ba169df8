import { greatestOf, sumOf } from './lanes';
import { logarithms } from './logarithm';

/**
 * Magnitudes of a power spectrum, and their sums for its centroid. Bins first to last, four at a time: three
 * zeros follow the last.
 *
 * @param magnitude address of f32, one a bin: filled, up to three bins past the last
 * @param sums address of 3 f32: Σ magnitude, Σ bin·magnitude, largest power
 */
export function magnitudeSums(power: usize, first: i32, last: i32, magnitude: usize, sums: usize): void {
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
  store<f32>(sums, sumOf(sum), 0);
  store<f32>(sums, sumOf(moment), 4);
  store<f32>(sums, greatestOf(largest), 8);
}

/**
 * Σ ln(power + floor) and Σ (power + floor) over bins first to last.
 * @param sums address of 2 f32
 */
export function flatnessSums(power: usize, first: i32, last: i32, floor: f32, sums: usize): void {
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
  store<f32>(sums, sumOf(logarithm), 0);
  store<f32>(sums, sumOf(total), 4);
}

/** The last bin from `last` down to `least` whose power is at least `threshold`. */
export function topBin(power: usize, least: i32, last: i32, threshold: f32): i32 {
  let top = last;
  while (top > least && load<f32>(power + ((<usize>top) << 2)) < threshold) top--;
  return top;
}

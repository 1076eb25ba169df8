/**
 * Ranks, means and minima over rows of numbers that lie one behind the other; see src/analysis/least-along-time.ts and
 * src/analysis/noise-floor.ts. Four numbers at a time, so up to three after the last are read and written too. Where a
 * result lies no later than what it is of, it may be written in place.
 */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/** mean[n] = the mean of `rows` numbers from values[n] on, `spacing` numbers apart; in doubles. */
export function meanOfRows(values: Floats, count: i32, spacing: i32, rows: i32, mean: Floats): void {
  const step = (<usize>spacing) << 2;
  const divisor = f64x2.splat(<f64>rows);
  for (let n = 0; n < count; n += 4, values += 16, mean += 16) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = values;
    for (let row = 0; row < rows; row++, at += step) {
      const four = v128.load(at);
      low = f64x2.add(low, lowerHalf(four));
      high = f64x2.add(high, upperHalf(four));
    }
    storeHalves(mean, f64x2.div(low, divisor), f64x2.div(high, divisor));
  }
}

/** lesser[n] = the lesser of one[n] and other[n]. */
export function lesserOf(one: Floats, other: Floats, lesser: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, one += 16, other += 16, lesser += 16) {
    v128.store(lesser, f32x4.pmin(v128.load(one), v128.load(other)));
  }
}

/**
 * ranked[n] = of `rows` numbers from values[n] on, `spacing` numbers apart, the one that `rank` others are less than.
 * @param least workspace of 4 · (rank + 1) numbers
 */
export function rankOfRows(
  values: Floats,
  count: i32,
  spacing: i32,
  rows: i32,
  rank: i32,
  least: Floats,
  ranked: Floats,
): void {
  const step = (<usize>spacing) << 2;
  for (let n = 0; n < count; n += 4, values += 16, ranked += 16) {
    forgetLeast(least, rank);
    let at = values;
    for (let row = 0; row < rows; row++, at += step) keepLeast(least, rank, v128.load(at));
    v128.store(ranked, v128.load(least + ((<usize>rank) << 4)));
  }
}

/**
 * medians[n] = the median of `width` neighbours from values[n · step] on.
 * @param width odd
 * @param least workspace of 2 · (width + 1) numbers
 */
export function mediansEvery(
  values: Floats,
  step: i32,
  width: i32,
  count: i32,
  least: Floats,
  medians: Floats,
): void {
  const rank = width >> 1;
  const apart = (<usize>step) << 2;
  for (let n = 0; n < count; n += 4, medians += 16) {
    forgetLeast(least, rank);
    let at = values;
    for (let k = 0; k < width; k++, at += 4) {
      let four = v128.load32_zero(at);
      four = v128.load32_lane(at + apart, four, 1);
      four = v128.load32_lane(at + 2 * apart, four, 2);
      four = v128.load32_lane(at + 3 * apart, four, 3);
      keepLeast(least, rank, four);
    }
    v128.store(medians, v128.load(least + ((<usize>rank) << 4)));
    values += 4 * apart;
  }
}

function forgetLeast(least: usize, rank: i32): void {
  for (let k = 0; k <= rank; k++, least += 16) v128.store(least, f32x4.splat(f32.MAX_VALUE));
}

/** Puts a number, in each of four lanes, among the least that were seen, in order; what is beyond the rank falls out. */
function keepLeast(least: usize, rank: i32, four: v128): void {
  for (let k = 0; k <= rank; k++, least += 16) {
    const kept = v128.load(least);
    v128.store(least, f32x4.pmin(kept, four));
    four = f32x4.pmax(kept, four);
  }
}

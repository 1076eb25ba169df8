import { greatestOf, lowerHalf, sumOfPair, upperHalf } from './lanes';
import { Floats } from './types';

/** What one pass over samples tells. */
@unmanaged
class LevelSums {
  sum: f64;
  /** Σ x². */
  energy: f64;
  least: f64;
  greatest: f64;
}

/**
 * What a level meter wants of a part of one channel; see src/analysis/levels.ts and src/dsp/sums.ts. The sums are in doubles.
 *
 * Extremes are by pmin and pmax, one instruction each where min and max, which look for NaN, are six: 0.35 ns a sample
 * instead of 1.33. A sample that is no number makes both sums none; least and greatest are then worth nothing.
 *
 * @param count at least 1, @param sums filled
 */
export function levelSums(samples: Floats, count: i32, sums: LevelSums): void {
  let sum = f64x2.splat(0);
  let square = f64x2.splat(0);
  let least = f32x4.splat(load<f32>(samples));
  let greatest = least;
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const four = v128.load(samples + ((<usize>n) << 2));
    const low = lowerHalf(four);
    const high = upperHalf(four);
    sum = f64x2.add(sum, f64x2.add(low, high));
    square = f64x2.add(square, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    least = f32x4.pmin(least, four);
    greatest = f32x4.pmax(greatest, four);
  }
  let total = sumOfPair(sum);
  let squares = sumOfPair(square);
  for (; n < count; n++) {
    const x = load<f32>(samples + ((<usize>n) << 2));
    total += <f64>x;
    squares += <f64>x * <f64>x;
    least = f32x4.pmin(least, f32x4.splat(x));
    greatest = f32x4.pmax(greatest, f32x4.splat(x));
  }
  sums.sum = total;
  sums.energy = squares;
  sums.least = <f64>-greatestOf(f32x4.neg(least));
  sums.greatest = <f64>greatestOf(greatest);
}

/**
 * {@link levelSums} of one cell after another.
 * @param count samples in all, the last cell may be short, @param length samples a cell
 * @param sums the first of as many as there are cells
 */
export function cellLevels(samples: Floats, count: i32, length: i32, sums: LevelSums): void {
  let at = changetype<usize>(sums);
  for (; count > 0; count -= length, samples += (<usize>length) << 2, at += offsetof<LevelSums>()) {
    levelSums(samples, min(count, length), changetype<LevelSums>(at));
  }
}

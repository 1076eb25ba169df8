/** Numbers by their size, without sorting many; see src/dsp/sort.ts. */
import { greatestOf } from './lanes';
import { Doubles, Floats, Integers } from './types';

/** Bits by which numbers are told apart at a time. */
const DIGIT: u32 = 8;
const DIGITS: u32 = 32;
const MASK: u32 = 255;

/**
 * The number that `n` others come before. Of numbers that are 0 or more the larger has the larger bits: they are counted by
 * the first of these, then those that share them with it by the next.
 *
 * @param values 0 and more, changed
 * @param n 0 to count - 1
 * @param counts workspace of 256
 */
export function nthMagnitude(values: Floats, count: i32, n: i32, counts: Integers): f32 {
  for (let shift: u32 = DIGITS; shift > 0 && count > 1; ) {
    shift -= DIGIT;
    memory.fill(counts, 0, <usize>((MASK + 1) << 2));
    const end = values + ((<usize>count) << 2);
    for (let at = values; at < end; at += 4) {
      const bucket = counts + ((<usize>((load<u32>(at) >> shift) & MASK)) << 2);
      store<i32>(bucket, load<i32>(bucket) + 1);
    }
    let digit: u32 = 0;
    for (let within = load<i32>(counts); n >= within; within = load<i32>(counts + ((<usize>digit) << 2))) {
      n -= within;
      digit++;
    }
    count = load<i32>(counts + ((<usize>digit) << 2));
    let kept = values;
    for (let at = values; at < end; at += 4) {
      const bits = load<u32>(at);
      if (((bits >> shift) & MASK) !== digit) continue;
      store<u32>(kept, bits);
      kept += 4;
    }
  }
  return load<f32>(values);
}

/** The greatest of numbers of 0 and more, four at a time: up to three zeros follow the last. */
export function greatestIn(values: Floats, count: i32): f32 {
  let most = f32x4.splat(0);
  for (let n = 0; n < count; n += 4, values += 16) most = f32x4.pmax(most, v128.load(values));
  return greatestOf(most);
}

/** Sorts a few numbers in place, by putting each behind the last that is not greater. */
export function sortFew(values: Doubles, count: i32): void {
  for (let n = 1; n < count; n++) {
    const value = load<f64>(values + ((<usize>n) << 3));
    let at = values + ((<usize>n) << 3);
    for (; at > values && load<f64>(at - 8) > value; at -= 8) store<f64>(at, load<f64>(at - 8));
    store<f64>(at, value);
  }
}

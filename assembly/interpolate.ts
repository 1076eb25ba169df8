import { sumOf } from './lanes';
import { Floats } from './types';

/**
 * Reads two channels at fractional places by a stored family of filters; see src/dsp/interpolate.ts for its names.
 * Output n is read at `place` + n · ratio, between two rows of the filters by a straight line.
 *
 * @param left, @param right samples, from the first that the first output reads
 * @param place where the first output is read, 0 to 1, after the middle of the filter
 * @param rows `phases` of them, each `taps` weights, then what each of them gains up to the next row
 * @param taps a multiple of 8
 * @param leftOutput, @param rightOutput filled with `count` numbers
 */
export function readBetween(
  left: Floats,
  right: Floats,
  place: f64,
  ratio: f64,
  rows: Floats,
  taps: i32,
  phases: i32,
  leftOutput: Floats,
  rightOutput: Floats,
  count: i32,
): void {
  const row = (<usize>taps) << 2;
  const aside = right - left;
  for (let n = 0; n < count; n++) {
    const here = place + <f64>n * ratio;
    const at = <i32>here;
    const exact = (here - <f64>at) * <f64>phases;
    const phase = <i32>exact;
    const share = f32x4.splat(<f32>(exact - <f64>phase));
    let sample = left + ((<usize>at) << 2);
    let weight = rows + <usize>phase * 2 * row;
    const end = weight + row;
    let leftSum = f32x4.splat(0);
    let leftSlope = leftSum;
    let rightSum = leftSum;
    let rightSlope = leftSum;
    // Eight taps at a time: 14 ns an output, by fours 17; one channel at a time 26.
    while (weight < end) {
      let weights = v128.load(weight);
      let slopes = v128.load(weight + row);
      let read = v128.load(sample);
      leftSum = f32x4.add(leftSum, f32x4.mul(read, weights));
      leftSlope = f32x4.add(leftSlope, f32x4.mul(read, slopes));
      read = v128.load(sample + aside);
      rightSum = f32x4.add(rightSum, f32x4.mul(read, weights));
      rightSlope = f32x4.add(rightSlope, f32x4.mul(read, slopes));
      weights = v128.load(weight, 16);
      slopes = v128.load(weight + row, 16);
      read = v128.load(sample, 16);
      leftSum = f32x4.add(leftSum, f32x4.mul(read, weights));
      leftSlope = f32x4.add(leftSlope, f32x4.mul(read, slopes));
      read = v128.load(sample + aside, 16);
      rightSum = f32x4.add(rightSum, f32x4.mul(read, weights));
      rightSlope = f32x4.add(rightSlope, f32x4.mul(read, slopes));
      sample += 32;
      weight += 32;
    }
    store<f32>(leftOutput, sumOf(f32x4.add(leftSum, f32x4.mul(share, leftSlope))));
    store<f32>(rightOutput, sumOf(f32x4.add(rightSum, f32x4.mul(share, rightSlope))));
    leftOutput += 4;
    rightOutput += 4;
  }
}

/**
 * As {@link readBetween}, from a whole place on and every `step` samples: each output lies on the first row of the filters, and
 * two fifths of the time are enough.
 *
 * @param row `taps` weights, a multiple of 8
 */
export function readEvery(
  left: Floats,
  right: Floats,
  step: i32,
  row: Floats,
  taps: i32,
  leftOutput: Floats,
  rightOutput: Floats,
  count: i32,
): void {
  const end = row + ((<usize>taps) << 2);
  const aside = right - left;
  const apart = (<usize>step) << 2;
  for (let n = 0; n < count; n++, left += apart, leftOutput += 4, rightOutput += 4) {
    let leftSum = f32x4.splat(0);
    let rightSum = leftSum;
    let sample = left;
    for (let weight: usize = row; weight < end; weight += 32, sample += 32) {
      let weights = v128.load(weight);
      leftSum = f32x4.add(leftSum, f32x4.mul(v128.load(sample), weights));
      rightSum = f32x4.add(rightSum, f32x4.mul(v128.load(sample + aside), weights));
      weights = v128.load(weight, 16);
      leftSum = f32x4.add(leftSum, f32x4.mul(v128.load(sample, 16), weights));
      rightSum = f32x4.add(rightSum, f32x4.mul(v128.load(sample + aside, 16), weights));
    }
    store<f32>(leftOutput, sumOf(leftSum));
    store<f32>(rightOutput, sumOf(rightSum));
  }
}

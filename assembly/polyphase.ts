import { sumOf } from './lanes';
import { Floats } from './types';

/**
 * Reads a sound at places that lie `advance / phases` samples apart; see src/dsp/resample.ts.
 *
 * @param samples from the first that the first output reads
 * @param wholeStep, @param phaseStep advance is wholeStep · phases + phaseStep
 * @param remainder place of the first output after a sample, in parts of `phases`
 * @param weights (rows + 1) rows of `taps` numbers; row r reads a place r / rows after a sample
 * @param taps a multiple of 4
 * @param rows as many as phases, or fewer: then read between two of them by a straight line
 * @param output filled with `count` numbers
 */
export function readPhases(
  samples: Floats,
  wholeStep: i32,
  phaseStep: i32,
  remainder: i32,
  phases: i32,
  weights: Floats,
  taps: i32,
  rows: i32,
  output: Floats,
  count: i32,
): void {
  const size = (<usize>taps) << 2;
  for (let n = 0; n < count; n++, output += 4) {
    if (rows === phases) {
      store<f32>(output, dot(samples, weights + <usize>remainder * size, size));
    } else {
      const exact = (<f64>remainder * <f64>rows) / <f64>phases;
      const row = <i32>exact;
      const from = weights + <usize>row * size;
      store<f32>(output, dotBetween(samples, from, size, <f32>(exact - <f64>row)));
    }
    samples += (<usize>wholeStep) << 2;
    remainder += phaseStep;
    if (remainder >= phases) {
      remainder -= phases;
      samples += 4;
    }
  }
}

/** Σ sample · weight; two sums side by side keep the processor's adders busy. @param size bytes, a multiple of 16 */
export function dot(samples: usize, weights: usize, size: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  const end = weights + (size & ~31);
  while (weights < end) {
    even = f32x4.add(even, f32x4.mul(v128.load(samples), v128.load(weights)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(samples, 16), v128.load(weights, 16)));
    samples += 32;
    weights += 32;
  }
  if (size & 16) even = f32x4.add(even, f32x4.mul(v128.load(samples), v128.load(weights)));
  return sumOf(f32x4.add(even, odd));
}

/**
 * What {@link dot} gives for two rows, one behind the other, and between the two by a straight line. Each sample is loaded once
 * for both.
 * @param share how far it is from the first to the second, 0 to 1
 */
function dotBetween(samples: usize, weights: usize, size: usize, share: f32): f32 {
  let lowEven = f32x4.splat(0);
  let lowOdd = f32x4.splat(0);
  let highEven = f32x4.splat(0);
  let highOdd = f32x4.splat(0);
  let next = weights + size;
  const end = weights + (size & ~31);
  while (weights < end) {
    const even = v128.load(samples);
    const odd = v128.load(samples, 16);
    lowEven = f32x4.add(lowEven, f32x4.mul(even, v128.load(weights)));
    lowOdd = f32x4.add(lowOdd, f32x4.mul(odd, v128.load(weights, 16)));
    highEven = f32x4.add(highEven, f32x4.mul(even, v128.load(next)));
    highOdd = f32x4.add(highOdd, f32x4.mul(odd, v128.load(next, 16)));
    samples += 32;
    weights += 32;
    next += 32;
  }
  if (size & 16) {
    const last = v128.load(samples);
    lowEven = f32x4.add(lowEven, f32x4.mul(last, v128.load(weights)));
    highEven = f32x4.add(highEven, f32x4.mul(last, v128.load(next)));
  }
  const low = sumOf(f32x4.add(lowEven, lowOdd));
  return low + share * (sumOf(f32x4.add(highEven, highOdd)) - low);
}

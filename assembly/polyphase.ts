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
      const low = dot(samples, from, size);
      const high = dot(samples, from + size, size);
      store<f32>(output, low + <f32>(exact - <f64>row) * (high - low));
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

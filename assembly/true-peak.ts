import { greatestOf } from './lanes';
import { Floats } from './types';

/**
 * The largest value of a signal read between its samples; see src/dsp/true-peak.ts for the method and its names.
 *
 * @param samples with HALF known ones before `start` and after `end`
 * @param weights 3 × HALF: of sums and differences for the outer places, of sums for the middle
 * @param half taps on either side
 * @param start first pair (n, n+1), @param end one past the last; a multiple of 4 apart
 */
export function truePeakBetween(
  samples: Floats,
  weights: Floats,
  half: i32,
  start: i32,
  end: i32,
  nearGain: f32,
  farGain: f32,
  atLeast: f32,
): f32 {
  let largest = atLeast;
  for (let block = start; block < end; block += 32) {
    const blockEnd = min(block + 32, end);
    const local = largestOf(samples, block - half + 1, blockEnd + half);
    if ((nearGain + farGain) * local <= largest) continue;
    for (let n = block; n < blockEnd; n += 4) {
      const at = samples + ((<usize>n) << 2);
      const near = f32x4.pmax(f32x4.abs(v128.load(at)), f32x4.abs(v128.load(at, 4)));
      const bound = f32x4.add(f32x4.mul(f32x4.splat(nearGain), near), f32x4.splat(farGain * local));
      if (!v128.any_true(f32x4.gt(bound, f32x4.splat(largest)))) continue;
      let even = f32x4.splat(0);
      let odd = f32x4.splat(0);
      let middle = f32x4.splat(0);
      let left = at - ((<usize>half - 1) << 2);
      let right = at + ((<usize>half) << 2);
      let weight = weights;
      const stride = (<usize>half) << 2;
      for (let t = 0; t < half; t++) {
        const a = v128.load(left);
        const b = v128.load(right);
        const sum = f32x4.add(a, b);
        even = f32x4.add(even, f32x4.mul(v128.load32_splat(weight), sum));
        odd = f32x4.add(odd, f32x4.mul(v128.load32_splat(weight + stride), f32x4.sub(a, b)));
        middle = f32x4.add(middle, f32x4.mul(v128.load32_splat(weight + 2 * stride), sum));
        left += 4;
        right -= 4;
        weight += 4;
      }
      // The larger of |even + odd| and |even - odd| is |even| + |odd|.
      const outer = f32x4.add(f32x4.abs(even), f32x4.abs(odd));
      largest = max(largest, greatestOf(f32x4.pmax(outer, f32x4.abs(middle))));
    }
  }
  return largest;
}

/** Largest absolute value of samples [first, end), at least eight. */
function largestOf(samples: Floats, first: i32, end: i32): f32 {
  const last = samples + ((<usize>end - 8) << 2);
  let even = f32x4.abs(v128.load(last));
  let odd = f32x4.abs(v128.load(last, 16));
  for (let at = samples + ((<usize>first) << 2); at < last; at += 32) {
    even = f32x4.pmax(even, f32x4.abs(v128.load(at)));
    odd = f32x4.pmax(odd, f32x4.abs(v128.load(at, 16)));
  }
  return greatestOf(f32x4.pmax(even, odd));
}

import { greatestOf } from './lanes';

/**
 * The largest value of a signal read between its samples; see src/dsp/true-peak.ts for the method and its names.
 *
 * @param samples address of f32 samples, with HALF known ones before `start` and after `end`
 * @param weights address of 3 × HALF f32: of sums and differences for the outer places, of sums for the middle
 * @param half taps on either side
 * @param start first pair (n, n+1), @param end one past the last; a multiple of 4 apart
 */
export function truePeakBetween(
  samples: usize,
  weights: usize,
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
      const near = v128.max<f32>(v128.abs<f32>(v128.load(at)), v128.abs<f32>(v128.load(at, 4)));
      if (nearGain * greatestOf(near) + farGain * local <= largest) continue;
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
      const outer = f32x4.add(v128.abs<f32>(even), v128.abs<f32>(odd));
      largest = max(largest, greatestOf(f32x4.max(outer, v128.abs<f32>(middle))));
    }
  }
  return largest;
}

/** Largest absolute value of samples [first, end). */
function largestOf(samples: usize, first: i32, end: i32): f32 {
  let all = f32x4.splat(0);
  let n = first;
  for (; n + 4 <= end; n += 4) all = f32x4.max(all, v128.abs<f32>(v128.load(samples + ((<usize>n) << 2))));
  let largest = greatestOf(all);
  for (; n < end; n++) largest = max(largest, abs(load<f32>(samples + ((<usize>n) << 2))));
  return largest;
}

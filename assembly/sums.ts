import { greatestOf, lowerHalf, upperHalf } from './lanes';

/** Sums over long stretches, in doubles; see src/dsp/sums.ts. */

/** sums[0] += Σ one·other, sums[1] += Σ one², sums[2] += Σ other². @param sums address of 3 f64 */
export function addProducts(one: usize, other: usize, count: i32, sums: usize): void {
  let both = f64x2.splat(0);
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let n = 0;
  for (; n + 4 <= count; n += 4, one += 16, other += 16) {
    const a = lowerHalf(v128.load(one));
    const b = upperHalf(v128.load(one));
    const p = lowerHalf(v128.load(other));
    const q = upperHalf(v128.load(other));
    both = f64x2.add(both, f64x2.add(f64x2.mul(a, p), f64x2.mul(b, q)));
    first = f64x2.add(first, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
    second = f64x2.add(second, f64x2.add(f64x2.mul(p, p), f64x2.mul(q, q)));
  }
  for (; n < count; n++, one += 4, other += 4) {
    const x = <f64>load<f32>(one);
    const y = <f64>load<f32>(other);
    both = f64x2.add(both, f64x2(x * y, 0));
    first = f64x2.add(first, f64x2(x * x, 0));
    second = f64x2.add(second, f64x2(y * y, 0));
  }
  addSum(sums, both);
  addSum(sums + 8, first);
  addSum(sums + 16, second);
}

/**
 * sums[g + 1] becomes sums[g] + Σ x² over the 32 samples of grain g.
 * @param samples address of 32 × grains f32
 * @param sums address of grains + 1 f64, the first of them given
 * @returns the largest absolute sample; one that is no number may be passed over
 */
export function runningEnergies(samples: usize, grains: i32, sums: usize): f32 {
  let sum = load<f64>(sums);
  let largest = f32x4.splat(0);
  for (let grain = 0; grain < grains; grain++) {
    let even = f64x2.splat(0);
    let odd = f64x2.splat(0);
    for (const end = samples + 128; samples < end; samples += 16) {
      const four = v128.load(samples);
      const low = lowerHalf(four);
      const high = upperHalf(four);
      largest = f32x4.pmax(largest, f32x4.abs(four));
      even = f64x2.add(even, f64x2.mul(low, low));
      odd = f64x2.add(odd, f64x2.mul(high, high));
    }
    even = f64x2.add(even, odd);
    sum += f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
    sums += 8;
    store<f64>(sums, sum);
  }
  return greatestOf(largest);
}

/** samples[n] -= others[n], four at a time, so up to three numbers after the last are changed too. */
export function subtract(samples: usize, others: usize, count: i32): void {
  for (let n = 0; n < count; n += 4, samples += 16, others += 16) {
    v128.store(samples, f32x4.sub(v128.load(samples), v128.load(others)));
  }
}

function addSum(at: usize, two: v128): void {
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1));
}

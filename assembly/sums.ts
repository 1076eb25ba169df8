import { greatestOf, lowerHalf, sumOfPair, upperHalf } from './lanes';
import { Doubles, Floats } from './types';

/** Sums over many samples, in doubles; see src/dsp/sums.ts. */

/** Sums of products of two signals. */
@unmanaged
class ProductSums {
  /** Σ one · other. */
  both: f64;
  /** Σ one². */
  one: f64;
  /** Σ other². */
  other: f64;
}

/** Adds to the sums. */
export function addProducts(one: Floats, other: Floats, count: i32, sums: ProductSums): void {
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
  sums.both = withLanes(sums.both, both);
  sums.one = withLanes(sums.one, first);
  sums.other = withLanes(sums.other, second);
}

/**
 * sums[l] = Σ values[n] · values[n + l · step] over all that has a value so much later, in single precision.
 * @param lags sums that are wanted, from no lag on; lags · step at most `count`
 */
export function lagProducts(values: Floats, count: i32, step: i32, lags: i32, sums: Doubles): void {
  for (let lag = 0; lag < lags; lag++, sums += 8) {
    const pairs = count - lag * step;
    let one = values;
    let other = values + ((<usize>(lag * step)) << 2);
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    let n = 0;
    for (; n + 8 <= pairs; n += 8, one += 32, other += 32) {
      even = f32x4.add(even, f32x4.mul(v128.load(one), v128.load(other)));
      odd = f32x4.add(odd, f32x4.mul(v128.load(one, 16), v128.load(other, 16)));
    }
    even = f32x4.add(even, odd);
    let sum = withLanes(0, f64x2.add(lowerHalf(even), upperHalf(even)));
    for (; n < pairs; n++, one += 4, other += 4) sum += <f64>load<f32>(one) * <f64>load<f32>(other);
    store<f64>(sums, sum);
  }
}

/**
 * sums[g + 1] becomes sums[g] + Σ x² over the 32 samples of grain g.
 * @param samples 32 × grains
 * @param sums grains + 1, the first of them given
 * @returns the largest absolute sample; one that is no number may be passed over
 */
export function runningEnergies(samples: Floats, grains: i32, sums: Doubles): f32 {
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
    sum += sumOfPair(even);
    sums += 8;
    store<f64>(sums, sum);
  }
  return greatestOf(largest);
}

/** samples[n] -= others[n], four at a time, so up to three numbers after the last are changed too. */
export function subtract(samples: Floats, others: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, samples += 16, others += 16) {
    v128.store(samples, f32x4.sub(v128.load(samples), v128.load(others)));
  }
}

function withLanes(sum: f64, two: v128): f64 {
  return sum + f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}

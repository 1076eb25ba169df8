/** What stretches of a sound sum up to, one after the other, in doubles; see src/dsp/sums.ts and src/loops/band-levels.ts. */
import { lowerHalf, sumOfPair, upperHalf } from './lanes';
import { Doubles, Floats, Integers } from './types';

/**
 * Sums of products of two signals over one row of samples after the other, each added to those before: Σ one², Σ other² and
 * Σ one · other.
 *
 * @param edges first sample of each row, and the one after the last
 * @param sums three before each row, and after the last; the first three are given
 */
export function runningProducts(one: Floats, other: Floats, edges: Integers, rows: i32, sums: Doubles): void {
  let at = one + ((<usize>load<i32>(edges)) << 2);
  let beside = other + ((<usize>load<i32>(edges)) << 2);
  for (let row = 0; row < rows; row++, sums += 24) {
    edges += 4;
    const end = one + ((<usize>load<i32>(edges)) << 2);
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    let both = f64x2.splat(0);
    for (; at + 16 <= end; at += 16, beside += 16) {
      const a = lowerHalf(v128.load(at));
      const b = upperHalf(v128.load(at));
      const p = lowerHalf(v128.load(beside));
      const q = upperHalf(v128.load(beside));
      both = f64x2.add(both, f64x2.add(f64x2.mul(a, p), f64x2.mul(b, q)));
      first = f64x2.add(first, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
      second = f64x2.add(second, f64x2.add(f64x2.mul(p, p), f64x2.mul(q, q)));
    }
    for (; at < end; at += 4, beside += 4) {
      const x = <f64>load<f32>(at);
      const y = <f64>load<f32>(beside);
      both = f64x2.add(both, f64x2(x * y, 0));
      first = f64x2.add(first, f64x2(x * x, 0));
      second = f64x2.add(second, f64x2(y * y, 0));
    }
    store<f64>(sums, load<f64>(sums) + sumOfPair(first), 24);
    store<f64>(sums, load<f64>(sums, 8) + sumOfPair(second), 32);
    store<f64>(sums, load<f64>(sums, 16) + sumOfPair(both), 40);
  }
}

/**
 * Powers of the bass, presence and treble of frames whose bands are given in dB, each added to those before, and the sum of
 * each frame's levels.
 *
 * @param presence first band of it, @param treble the same
 * @param powers three before each frame, and after the last; the first three are given
 * @param levelSums one a frame, filled
 */
export function runningPowers(
  levels: Floats,
  bands: i32,
  frames: i32,
  presence: i32,
  treble: i32,
  powers: Doubles,
  levelSums: Doubles,
): void {
  const width = (<usize>bands) << 2;
  for (let frame = 0; frame < frames; frame++, levels += width, powers += 24, levelSums += 8) {
    let sum: f64 = 0;
    for (let n: usize = 0; n < width; n += 4) sum += <f64>load<f32>(levels + n);
    store<f64>(levelSums, sum);
    store<f64>(powers, load<f64>(powers) + powerOf(levels, 0, presence), 24);
    store<f64>(powers, load<f64>(powers, 8) + powerOf(levels, presence, treble), 32);
    store<f64>(powers, load<f64>(powers, 16) + powerOf(levels, treble, bands), 40);
  }
}

function powerOf(levels: Floats, from: i32, to: i32): f64 {
  let sum: f64 = 0;
  let known: f32 = 0;
  let power: f64 = 1;
  for (let band = from; band < to; band++) {
    const level = load<f32>(levels + ((<usize>band) << 2));
    // Bands under the floor all have its level, and follow one another.
    if (level !== known) {
      known = level;
      power = Math.exp((Math.LN10 / 10) * <f64>level);
    }
    sum += power;
  }
  return sum;
}

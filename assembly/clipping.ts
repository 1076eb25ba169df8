import { Floats } from './types';

/**
 * Index of the first sample from `from` on that is at least `level` from zero; `count` where none is. Four at a time, so up to
 * three after the last are read.
 */
export function firstReaching(samples: Floats, from: i32, count: i32, level: f32): i32 {
  const levels = f32x4.splat(level);
  for (let n = from; n < count; n += 4) {
    const four = f32x4.abs(v128.load(samples + ((<usize>n) << 2)));
    const reached = i32x4.bitmask(f32x4.ge(four, levels));
    if (reached) return min(count, n + ctz(reached));
  }
  return count;
}

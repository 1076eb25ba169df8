import { Bytes, Floats } from './types';

/** Stored samples to f32, one channel of mono or stereo at a time, four frames at a time. */

/**
 * Four samples, each at the top of its lane.
 * @param masks two vectors that say for every byte of the lanes where in two frames (the first two, then the
 *   next) it stands; 255 gives 0
 */
function gather(bytes: Bytes, frameBytes: i32, masks: Bytes): v128 {
  const first = i8x16.swizzle(v128.load(bytes), v128.load(masks));
  const second = i8x16.swizzle(v128.load(bytes + 2 * <usize>frameBytes), v128.load(masks, 16));
  return v128.or(first, second);
}

/**
 * Signed integers of up to 4 bytes at full scale ±1.
 * @param bytes of the frames; 16 bytes behind the last are read too
 * @param count frames, rounded up to fours, @param frameBytes at most 8
 */
export function unpackIntegers(
  bytes: Bytes,
  count: i32,
  frameBytes: i32,
  masks: Bytes,
  samples: Floats,
): void {
  const scale = f32x4.splat(<f32>(1.0 / 2147483648.0));
  for (let n = 0; n < count; n += 4, bytes += 4 * <usize>frameBytes, samples += 16) {
    v128.store(samples, f32x4.mul(f32x4.convert_i32x4_s(gather(bytes, frameBytes, masks)), scale));
  }
}

/**
 * f32 of either byte order; what is not within ±limit, NaN included, becomes 0.
 * @returns how many became 0, of `count` rounded up to fours
 */
export function unpackFloats(
  bytes: Bytes,
  count: i32,
  frameBytes: i32,
  masks: Bytes,
  limit: f32,
  samples: Floats,
): i32 {
  const limits = f32x4.splat(limit);
  let usable = i32x4.splat(0);
  for (let n = 0; n < count; n += 4, bytes += 4 * <usize>frameBytes, samples += 16) {
    const four = gather(bytes, frameBytes, masks);
    const inside = f32x4.lt(f32x4.abs(four), limits);
    usable = i32x4.sub(usable, inside);
    v128.store(samples, v128.and(four, inside));
  }
  const found =
    i32x4.extract_lane(usable, 0) +
    i32x4.extract_lane(usable, 1) +
    i32x4.extract_lane(usable, 2) +
    i32x4.extract_lane(usable, 3);
  return ((count + 3) & ~3) - found;
}

/** samples[n] becomes the nearest whole number to factor · samples[n], times scale; in place, in doubles, by fours. */
export function rescale(samples: Floats, count: i32, factor: f64, scale: f64): void {
  const factors = f64x2.splat(factor);
  const scales = f64x2.splat(scale);
  for (let n = 0; n < count; n += 4, samples += 16) {
    const four = v128.load(samples);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1));
    const a = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.nearest(f64x2.mul(low, factors)), scales));
    const b = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.nearest(f64x2.mul(high, factors)), scales));
    v128.store(samples, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
  }
}

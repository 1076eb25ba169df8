import { Bytes, Floats } from './types';

/** Samples at full scale ±1 to interleaved 24-bit little-endian integers, rounded, clamped; four frames at a time. */

function toIntegers(at: Floats): v128 {
  const scaled = f32x4.mul(v128.load(at), f32x4.splat(8388608));
  // Conversion saturates far above 24 bits, so the clamp comes after it; it makes 0 of what is no number.
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(scaled));
  return i32x4.max_s(i32x4.min_s(whole, i32x4.splat(8388607)), i32x4.splat(-8388608));
}

/** @param bytes 3 × count and 4 more, @param count frames, rounded up to fours */
export function packMono24(samples: Floats, bytes: Bytes, count: i32): void {
  for (let n = 0; n < count; n += 4, samples += 16, bytes += 12) {
    const all = toIntegers(samples);
    v128.store(bytes, i8x16.swizzle(all, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1)));
  }
}

/** @param bytes 6 × count, @param count frames, rounded up to fours */
export function packStereo24(left: Floats, right: Floats, bytes: Bytes, count: i32): void {
  for (let n = 0; n < count; n += 4, left += 16, right += 16, bytes += 24) {
    const l = toIntegers(left);
    const r = toIntegers(right);
    v128.store(bytes, v128.shuffle<u8>(l, r, 0, 1, 2, 16, 17, 18, 4, 5, 6, 20, 21, 22, 8, 9, 10, 24));
    v128.store64_lane(
      bytes + 16,
      v128.shuffle<u8>(l, r, 25, 26, 12, 13, 14, 28, 29, 30, 0, 0, 0, 0, 0, 0, 0, 0),
      0,
    );
  }
}

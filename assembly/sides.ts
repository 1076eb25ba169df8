/** Middle and side of a stereo sound; see src/dsp/stereo.ts and src/dsp/ring-width.ts. Four samples at a time. */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/** middle = (left + right) / 2, side = (left - right) / 2. */
export function splitSides(left: Floats, right: Floats, middle: Floats, side: Floats, count: i32): void {
  const half = f32x4.splat(0.5);
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const l = v128.load(left + n);
    const r = v128.load(right + n);
    v128.store(middle + n, f32x4.mul(half, f32x4.add(l, r)));
    v128.store(side + n, f32x4.mul(half, f32x4.sub(l, r)));
  }
}

/** left += middle + side, right += middle - side; in doubles. */
export function addSides(left: Floats, right: Floats, middle: Floats, side: Floats, count: i32): void {
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const l = v128.load(left + n);
    const r = v128.load(right + n);
    const m = v128.load(middle + n);
    const s = v128.load(side + n);
    storeHalves(
      left + n,
      f64x2.add(lowerHalf(l), f64x2.add(lowerHalf(m), lowerHalf(s))),
      f64x2.add(upperHalf(l), f64x2.add(upperHalf(m), upperHalf(s))),
    );
    storeHalves(
      right + n,
      f64x2.add(lowerHalf(r), f64x2.sub(lowerHalf(m), lowerHalf(s))),
      f64x2.add(upperHalf(r), f64x2.sub(upperHalf(m), upperHalf(s))),
    );
  }
}

/** left becomes own · left + other · right, right becomes other · left + own · right; in doubles. */
export function mixSides(left: Floats, right: Floats, own: f64, other: f64, count: i32): void {
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const l = v128.load(left + n);
    const r = v128.load(right + n);
    storeHalves(
      left + n,
      weighted(lowerHalf(l), own, lowerHalf(r), other),
      weighted(upperHalf(l), own, upperHalf(r), other),
    );
    storeHalves(
      right + n,
      weighted(lowerHalf(l), other, lowerHalf(r), own),
      weighted(upperHalf(l), other, upperHalf(r), own),
    );
  }
}

function weighted(left: v128, leftGain: f64, right: v128, rightGain: f64): v128 {
  return f64x2.add(f64x2.mul(f64x2.splat(leftGain), left), f64x2.mul(f64x2.splat(rightGain), right));
}

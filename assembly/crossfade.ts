/**
 * The crossfade of a loop; see src/loops/crossfade.ts and src/loops/band-crossfade.ts. In doubles; four at a time, so
 * all arrays have room for three numbers more than are counted.
 */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/** levelling = 1 / √(1 - apart · rising · (1 - rising)). @param apart 2 · (1 - correlation), at most 3 */
export function levelCrossfade(rising: Floats, apart: f64, levelling: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, rising += 16, levelling += 16) {
    const four = v128.load(rising);
    storeHalves(levelling, evenGains(lowerHalf(four), apart), evenGains(upperHalf(four), apart));
  }
}

function evenGains(rising: v128, apart: f64): v128 {
  const one = f64x2.splat(1);
  const lost = f64x2.mul(f64x2.mul(f64x2.splat(apart), rising), f64x2.sub(one, rising));
  return f64x2.div(one, f64x2.sqrt(f64x2.sub(one, lost)));
}

/** blended += (after + (before - after) · rising) · levelling. */
export function addBlend(
  before: Floats,
  after: Floats,
  rising: Floats,
  levelling: Floats,
  blended: Floats,
  count: i32,
): void {
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const a = v128.load(before + n);
    const b = v128.load(after + n);
    const r = v128.load(rising + n);
    const l = v128.load(levelling + n);
    const sum = v128.load(blended + n);
    storeHalves(
      blended + n,
      f64x2.add(lowerHalf(sum), blendOf(lowerHalf(a), lowerHalf(b), lowerHalf(r), lowerHalf(l))),
      f64x2.add(upperHalf(sum), blendOf(upperHalf(a), upperHalf(b), upperHalf(r), upperHalf(l))),
    );
  }
}

function blendOf(before: v128, after: v128, rising: v128, levelling: v128): v128 {
  return f64x2.mul(f64x2.add(after, f64x2.mul(f64x2.sub(before, after), rising)), levelling);
}

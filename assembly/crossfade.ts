/**
 * The crossfade of a loop; see src/loops/crossfade.ts and src/loops/blend-band.ts. In doubles; four samples at a time, so all
 * arrays have room for three more than are counted, and zeros there where they are summed.
 */
import { lowerHalf, storeHalves, sumOfPair, upperHalf } from './lanes';
import { Doubles, Floats } from './types';

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

/**
 * What two sides of two channels sum up to, grain by grain: Σ left², Σ right² and Σ left · right of the one side, then of the
 * other, then Σ one side · other over both channels.
 *
 * @param grain samples, a multiple of four
 * @param sums seven a grain, filled
 */
export function sideProducts(
  left: Floats,
  right: Floats,
  otherLeft: Floats,
  otherRight: Floats,
  count: i32,
  grain: i32,
  sums: Doubles,
): void {
  const end = left + ((<usize>count) << 2);
  for (; left < end; sums += 56) {
    const grainEnd = min(end, left + ((<usize>grain) << 2));
    let ll = f64x2.splat(0);
    let rr = f64x2.splat(0);
    let lr = f64x2.splat(0);
    let pp = f64x2.splat(0);
    let qq = f64x2.splat(0);
    let pq = f64x2.splat(0);
    let across = f64x2.splat(0);
    for (; left < grainEnd; left += 16, right += 16, otherLeft += 16, otherRight += 16) {
      const fourLeft = v128.load(left);
      const fourRight = v128.load(right);
      const fourOtherLeft = v128.load(otherLeft);
      const fourOtherRight = v128.load(otherRight);
      const l = lowerHalf(fourLeft);
      const m = upperHalf(fourLeft);
      const r = lowerHalf(fourRight);
      const s = upperHalf(fourRight);
      const p = lowerHalf(fourOtherLeft);
      const t = upperHalf(fourOtherLeft);
      const q = lowerHalf(fourOtherRight);
      const u = upperHalf(fourOtherRight);
      ll = f64x2.add(ll, products(l, l, m, m));
      rr = f64x2.add(rr, products(r, r, s, s));
      lr = f64x2.add(lr, products(l, r, m, s));
      pp = f64x2.add(pp, products(p, p, t, t));
      qq = f64x2.add(qq, products(q, q, u, u));
      pq = f64x2.add(pq, products(p, q, t, u));
      across = f64x2.add(across, f64x2.add(products(l, p, m, t), products(r, q, s, u)));
    }
    store<f64>(sums, sumOfPair(ll));
    store<f64>(sums, sumOfPair(rr), 8);
    store<f64>(sums, sumOfPair(lr), 16);
    store<f64>(sums, sumOfPair(pp), 24);
    store<f64>(sums, sumOfPair(qq), 32);
    store<f64>(sums, sumOfPair(pq), 40);
    store<f64>(sums, sumOfPair(across), 48);
  }
}

/**
 * blended = (after + (before - after) · rising) · levelling of two channels, and what that sums up to, grain by grain.
 *
 * @param sums Σ left², Σ right², Σ left · right of each grain, filled
 */
export function blendSides(
  beforeLeft: Floats,
  beforeRight: Floats,
  afterLeft: Floats,
  afterRight: Floats,
  rising: Floats,
  levelling: Floats,
  left: Floats,
  right: Floats,
  count: i32,
  grain: i32,
  sums: Doubles,
): void {
  const samples = <usize>(count << 2);
  const grainBytes = <usize>(grain << 2);
  for (let from: usize = 0; from < samples; from += grainBytes, sums += 24) {
    const to = min(samples, from + grainBytes);
    let ll = f64x2.splat(0);
    let rr = f64x2.splat(0);
    let lr = f64x2.splat(0);
    for (let n = from; n < to; n += 16) {
      const up = v128.load(rising + n);
      const gains = v128.load(levelling + n);
      const lowUp = lowerHalf(up);
      const highUp = upperHalf(up);
      const lowGain = lowerHalf(gains);
      const highGain = upperHalf(gains);
      const fourLeft = blendOf(beforeLeft + n, afterLeft + n, lowUp, highUp, lowGain, highGain);
      const fourRight = blendOf(beforeRight + n, afterRight + n, lowUp, highUp, lowGain, highGain);
      v128.store(left + n, fourLeft);
      v128.store(right + n, fourRight);
      const l = lowerHalf(fourLeft);
      const m = upperHalf(fourLeft);
      const r = lowerHalf(fourRight);
      const s = upperHalf(fourRight);
      ll = f64x2.add(ll, products(l, l, m, m));
      rr = f64x2.add(rr, products(r, r, s, s));
      lr = f64x2.add(lr, products(l, r, m, s));
    }
    store<f64>(sums, sumOfPair(ll));
    store<f64>(sums, sumOfPair(rr), 8);
    store<f64>(sums, sumOfPair(lr), 16);
  }
}

function blendOf(
  before: usize,
  after: usize,
  lowUp: v128,
  highUp: v128,
  lowGain: v128,
  highGain: v128,
): v128 {
  const a = v128.load(before);
  const b = v128.load(after);
  const low = blendOfTwo(lowerHalf(a), lowerHalf(b), lowUp, lowGain);
  const high = blendOfTwo(upperHalf(a), upperHalf(b), highUp, highGain);
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

function blendOfTwo(before: v128, after: v128, rising: v128, levelling: v128): v128 {
  return f64x2.mul(f64x2.add(after, f64x2.mul(f64x2.sub(before, after), rising)), levelling);
}

function products(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.mul(c, d));
}

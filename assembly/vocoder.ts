/**
 * A phase vocoder's work on spectra; see src/dsp/phase-vocoder.ts. Spectra are re and im of bin after bin, f32; four
 * bins at a time, so all arrays have room for three bins more than are counted.
 */
import { Floats } from './types';

/** to = a · b. @param count rounded up to fours */
export function multiplyArrays(a: Floats, b: Floats, to: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, a += 16, b += 16, to += 16) {
    v128.store(to, f32x4.mul(v128.load(a), v128.load(b)));
  }
}

/** to += scale · a · b. @param count rounded up to fours */
export function addProduct(a: Floats, b: Floats, scale: f32, to: Floats, count: i32): void {
  const factor = f32x4.splat(scale);
  for (let n = 0; n < count; n += 4, a += 16, b += 16, to += 16) {
    const product = f32x4.mul(f32x4.mul(v128.load(a), v128.load(b)), factor);
    v128.store(to, f32x4.add(v128.load(to), product));
  }
}

/**
 * Adds made · conj(before) to the cross-spectrum, and the powers of now and before to theirs.
 *
 * @param crossRe one a bin
 * @param powerNow one a bin
 */
export function addComparison(
  now: Floats,
  before: Floats,
  made: Floats,
  crossRe: Floats,
  crossIm: Floats,
  powerNow: Floats,
  powerBefore: Floats,
  bins: i32,
): void {
  for (let k = 0; k < bins; k += 4) {
    const x = realsAt(now);
    const y = imaginariesAt(now);
    const p = realsAt(before);
    const q = imaginariesAt(before);
    const s = realsAt(made);
    const t = imaginariesAt(made);
    addFour(crossRe, f32x4.add(f32x4.mul(s, p), f32x4.mul(t, q)));
    addFour(crossIm, f32x4.sub(f32x4.mul(t, p), f32x4.mul(s, q)));
    addFour(powerNow, f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)));
    addFour(powerBefore, f32x4.add(f32x4.mul(p, p), f32x4.mul(q, q)));
    now += 32;
    before += 32;
    made += 32;
    crossRe += 16;
    crossIm += 16;
    powerNow += 16;
    powerBefore += 16;
  }
}

/**
 * The turn of every bin as a unit vector: the cross-spectrum's direction, smoothed over neighbours by 1-2-1, and none
 * where the power within `reach` bins to either side is more than `ratio` times what it was.
 *
 * @param crossRe one a bin; a bin before the first and four after the last are read too
 * @param powerNow one a bin; reach + 1 bins before the first and reach + 3 after the last are read too
 * @param evenBins in as many bins, rounded up to fours, no neighbour counts for more than the bin itself
 * @param turnRe one a bin
 */
export function findTurns(
  crossRe: Floats,
  crossIm: Floats,
  powerNow: Floats,
  powerBefore: Floats,
  reach: i32,
  ratio: f64,
  evenBins: i32,
  turnRe: Floats,
  turnIm: Floats,
  bins: i32,
): void {
  markRises(powerNow, powerBefore, reach, ratio, turnRe, bins);
  const one = f32x4.splat(1);
  for (let k = 0; k < bins; k += 4) {
    let below = one;
    let above = one;
    if (k < evenBins) {
      const own = sizes(crossRe, crossIm);
      // pmin takes the 1 where a neighbour is silent.
      below = f32x4.pmin(one, f32x4.div(own, sizes(crossRe - 4, crossIm - 4)));
      above = f32x4.pmin(one, f32x4.div(own, sizes(crossRe + 4, crossIm + 4)));
    }
    const re = smoothed(crossRe, below, above);
    const im = smoothed(crossIm, below, above);
    const squared = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    const known = v128.andnot(f32x4.gt(squared, f32x4.splat(0)), v128.load(turnRe));
    const factor = f32x4.div(one, f32x4.sqrt(squared));
    v128.store(turnRe, v128.bitselect(f32x4.mul(re, factor), one, known));
    v128.store(turnIm, v128.and(f32x4.mul(im, factor), known));
    crossRe += 16;
    crossIm += 16;
    turnRe += 16;
    turnIm += 16;
  }
}

/** Sets all bits of every bin around which the power has risen. */
function markRises(now: usize, before: usize, reach: i32, ratio: f64, marks: usize, bins: i32): void {
  // Both powers side by side, in doubles: what leaves a running sum leaves nothing behind that is heard.
  const width = (<usize>(2 * reach + 1)) << 2;
  let sum = f64x2.splat(0);
  now -= (<usize>(reach + 1)) << 2;
  before -= (<usize>(reach + 1)) << 2;
  for (let k: usize = 0; k < width; k += 4) sum = f64x2.add(sum, pairAt(now + k, before + k));
  for (let k = 0; k < bins; k++) {
    sum = f64x2.add(sum, f64x2.sub(pairAt(now + width, before + width), pairAt(now, before)));
    const risen = f64x2.extract_lane(sum, 0) > ratio * f64x2.extract_lane(sum, 1);
    store<i32>(marks, -(<i32>risen));
    now += 4;
    before += 4;
    marks += 4;
  }
}

/** to = from, every bin multiplied by its turn. */
export function turnSpectrum(from: Floats, turnRe: Floats, turnIm: Floats, to: Floats, bins: i32): void {
  for (let k = 0; k < bins; k += 4) {
    const x = realsAt(from);
    const y = imaginariesAt(from);
    const p = v128.load(turnRe);
    const q = v128.load(turnIm);
    const re = f32x4.sub(f32x4.mul(x, p), f32x4.mul(y, q));
    const im = f32x4.add(f32x4.mul(x, q), f32x4.mul(y, p));
    v128.store(to, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<f32>(re, im, 2, 6, 3, 7), 16);
    from += 32;
    turnRe += 16;
    turnIm += 16;
    to += 32;
  }
}

function realsAt(spectrum: usize): v128 {
  return v128.shuffle<f32>(v128.load(spectrum), v128.load(spectrum, 16), 0, 2, 4, 6);
}

function imaginariesAt(spectrum: usize): v128 {
  return v128.shuffle<f32>(v128.load(spectrum), v128.load(spectrum, 16), 1, 3, 5, 7);
}

/** Of four bins: each with twice its weight, and its neighbours, times a gain each. */
function smoothed(cross: usize, below: v128, above: v128): v128 {
  const here = v128.load(cross);
  const neighbours = f32x4.add(f32x4.mul(below, v128.load(cross - 4)), f32x4.mul(above, v128.load(cross, 4)));
  return f32x4.add(f32x4.add(here, here), neighbours);
}

function sizes(crossRe: usize, crossIm: usize): v128 {
  const re = v128.load(crossRe);
  const im = v128.load(crossIm);
  return f32x4.sqrt(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
}

function addFour(to: usize, four: v128): void {
  v128.store(to, f32x4.add(v128.load(to), four));
}

function pairAt(one: usize, other: usize): v128 {
  return f64x2(<f64>load<f32>(one), <f64>load<f32>(other));
}

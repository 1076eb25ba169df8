/** Level and stereo image of a crossfade, grain by grain; see src/loops/keep-image.ts. In doubles. */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Doubles, Floats } from './types';

@unmanaged
class ImageLimits {
  /** Grains on either side over which power is taken, and covariance. */
  powerReach: f64;
  imageReach: f64;
  /** Power is changed by this factor or one over it at most. */
  mostChange: f64;
  /** Share of the power that is taken to lie in every direction. */
  spreadShare: f64;
}

/**
 * The symmetric matrix of each grain that brings what was blended to the level, and of two channels to the covariance, that is
 * wanted around it: its two diagonal entries and the other.
 *
 * @param given Σ left², Σ right², Σ left · right of each grain as blended, then room for three numbers; made running sums
 * @param wanted the same as it should be
 * @param matrices three a grain, filled
 */
export function imageMatrices(
  given: Doubles,
  wanted: Doubles,
  grains: i32,
  isStereo: bool,
  limits: ImageLimits,
  matrices: Doubles,
): void {
  makeRunning(given, grains);
  makeRunning(wanted, grains);
  const most = limits.mostChange;
  const nearby = <i32>limits.powerReach;
  const around = <i32>limits.imageReach;
  for (let grain = 0; grain < grains; grain++, matrices += 24) {
    if (isStereo) storeMatrix(given, wanted, grain, grains, around, most, limits.spreadShare, matrices);
    else setMatrix(matrices, 1, 1, 0);
    const own = load<f64>(matrices);
    const others = load<f64>(matrices, 8);
    const cross = load<f64>(matrices, 16);
    const from = <usize>max(0, grain - nearby) * 24;
    const to = <usize>min(grains, grain + nearby + 1) * 24;
    const power = within(wanted, from, to) + within(wanted + 8, from, to);
    const now =
      (own * own + cross * cross) * within(given, from, to) +
      (others * others + cross * cross) * within(given + 8, from, to) +
      2 * cross * (own + others) * within(given + 16, from, to);
    const gain = sqrt(limited(power, now, most));
    setMatrix(matrices, gain * own, gain * others, gain * cross);
  }
}

/** The geometric mean of the wanted covariance and the inverse of the given one. */
function storeMatrix(
  given: Doubles,
  wanted: Doubles,
  grain: i32,
  grains: i32,
  reach: i32,
  most: f64,
  spreadShare: f64,
  matrix: Doubles,
): void {
  const from = <usize>max(0, grain - reach) * 24;
  const to = <usize>min(grains, grain + reach + 1) * 24;
  const left = within(given, from, to);
  const right = within(given + 8, from, to);
  const c = within(given + 16, from, to);
  const wantedLeft = within(wanted, from, to);
  const wantedRight = within(wanted + 8, from, to);
  const power = left + right;
  const scale = limited(wantedLeft + wantedRight, power, most) / ((wantedLeft + wantedRight) / power);
  if (!(scale > 0 && scale < Infinity)) {
    setMatrix(matrix, 1, 1, 0);
    return;
  }
  const spread = spreadShare * power;
  const a = left + spread;
  const b = right + spread;
  const x = scale * wantedLeft + spread;
  const y = scale * wantedRight + spread;
  const z = scale * within(wanted + 16, from, to);
  const alpha = sqrt(a * b - c * c);
  const beta = sqrt(x * y - z * z);
  const own = b / alpha + x / beta;
  const others = a / alpha + y / beta;
  const cross = z / beta - c / alpha;
  const factor = sqrt(beta / alpha / (own * others - cross * cross));
  setMatrix(matrix, factor * own, factor * others, factor * cross);
}

/** Of a wanted power over a given one. */
function limited(wanted: f64, given: f64, most: f64): f64 {
  if (given <= 0 || wanted <= 0) return 1;
  return max(1 / most, min(most, wanted / given));
}

function setMatrix(matrix: Doubles, own: f64, others: f64, cross: f64): void {
  store<f64>(matrix, own);
  store<f64>(matrix, others, 8);
  store<f64>(matrix, cross, 16);
}

/** Sums of all grains before each, and of all. */
function makeRunning(sums: Doubles, grains: i32): void {
  for (let k: usize = 0; k < 24; k += 8) {
    let sum: f64 = 0;
    let at = sums + k;
    for (let grain = 0; grain <= grains; grain++, at += 24) {
      const own = load<f64>(at);
      store<f64>(at, sum);
      sum += own;
    }
  }
}

function within(running: Doubles, from: usize, to: usize): f64 {
  return load<f64>(running + to) - load<f64>(running + from);
}

/**
 * Multiplies each pair of samples by its matrix, which goes straight from the middle of one grain to that of the next.
 *
 * @param first grain that the first sample begins
 * @param grain samples, a multiple of eight
 * @param grains of all, @param matrices three each
 */
export function turnByGrains(
  left: Floats,
  right: Floats,
  count: i32,
  first: i32,
  grain: i32,
  grains: i32,
  matrices: Doubles,
): void {
  const last = <usize>(grains - 1) * 24;
  let from = 0;
  for (let k = 0; from < count; k++) {
    const to = min(count, k * grain + (grain >> 1));
    const before = first + k - 1;
    const at = matrices + (before < 0 ? 0 : <usize>before * 24);
    const next = matrices + min(last, <usize>(before + 1) * 24);
    const share = (<f64>(first * grain + from) + 0.5) / <f64>grain - 0.5 - <f64>before;
    const length = <f64>grain;
    const ownStep = (load<f64>(next) - load<f64>(at)) / length;
    const othersStep = (load<f64>(next, 8) - load<f64>(at, 8)) / length;
    const crossStep = (load<f64>(next, 16) - load<f64>(at, 16)) / length;
    turnSides(
      left + ((<usize>from) << 2),
      right + ((<usize>from) << 2),
      to - from,
      load<f64>(at) + share * length * ownStep,
      ownStep,
      load<f64>(at, 8) + share * length * othersStep,
      othersStep,
      load<f64>(at, 16) + share * length * crossStep,
      crossStep,
    );
    from = to;
  }
}

/**
 * left becomes own · left + cross · right, right becomes cross · left + others · right, each gain going on by its step from
 * sample to sample. A count that is no multiple of four changes up to three samples after the last.
 */
function turnSides(
  left: Floats,
  right: Floats,
  count: i32,
  own: f64,
  ownStep: f64,
  others: f64,
  othersStep: f64,
  cross: f64,
  crossStep: f64,
): void {
  let place = f64x2(0, 1);
  for (let n = 0; n < count; n += 4, left += 16, right += 16) {
    const l = v128.load(left);
    const r = v128.load(right);
    const next = f64x2.add(place, f64x2.splat(2));
    const c = gainsAt(cross, crossStep, place);
    const d = gainsAt(cross, crossStep, next);
    storeHalves(
      left,
      mixed(lowerHalf(l), gainsAt(own, ownStep, place), lowerHalf(r), c),
      mixed(upperHalf(l), gainsAt(own, ownStep, next), upperHalf(r), d),
    );
    storeHalves(
      right,
      mixed(lowerHalf(l), c, lowerHalf(r), gainsAt(others, othersStep, place)),
      mixed(upperHalf(l), d, upperHalf(r), gainsAt(others, othersStep, next)),
    );
    place = f64x2.add(next, f64x2.splat(2));
  }
}

function gainsAt(gain: f64, step: f64, place: v128): v128 {
  return f64x2.add(f64x2.splat(gain), f64x2.mul(f64x2.splat(step), place));
}

function mixed(left: v128, leftGain: v128, right: v128, rightGain: v128): v128 {
  return f64x2.add(f64x2.mul(leftGain, left), f64x2.mul(rightGain, right));
}

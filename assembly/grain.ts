/** Grains, and rings that they are added to; see src/families/clouds/ring.ts and src/dsp/ring.ts. */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/** Where {@link hannEnvelope} goes on. */
@unmanaged
class HannCosines {
  /** Twice the cosine of a step. */
  twiceStep: f64;
  /** The cosine one sample before the first, */
  before: f64;
  /** and at it. */
  here: f64;
}

/**
 * The next part of a Hann envelope and its square, the cosine by recurrence in doubles: it drifts by less than 1e-9
 * over a second.
 *
 * @param cosines `before` and `here` are left as they are after the stretch
 * @param envelope, @param squared filled with `count` numbers
 */
export function hannEnvelope(cosines: HannCosines, envelope: Floats, squared: Floats, count: i32): void {
  const twice = cosines.twiceStep;
  let before = cosines.before;
  let cosine = cosines.here;
  for (const end = envelope + ((<usize>count) << 2); envelope < end; envelope += 4, squared += 4) {
    const value = 0.5 - 0.5 * cosine;
    store<f32>(envelope, <f32>value);
    store<f32>(squared, <f32>(value * value));
    const after = twice * cosine - before;
    before = cosine;
    cosine = after;
  }
  cosines.before = before;
  cosines.here = cosine;
}

/** to += gain · grain, in doubles; four at a time. */
export function addScaled(to: Floats, grain: Floats, gain: f64, count: i32): void {
  const gains = f64x2.splat(gain);
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const sum = v128.load(to + n);
    const four = v128.load(grain + n);
    storeHalves(
      to + n,
      f64x2.add(lowerHalf(sum), f64x2.mul(gains, lowerHalf(four))),
      f64x2.add(upperHalf(sum), f64x2.mul(gains, upperHalf(four))),
    );
  }
}

/** Turns sums of squared envelopes into the gains that make up for them: 1 / √sum, of at least `least`. Four at a time. */
export function overlapGains(sums: Floats, least: f64, count: i32): void {
  const leasts = f64x2.splat(least);
  const one = f64x2.splat(1);
  for (const end = sums + ((<usize>count) << 2); sums < end; sums += 16) {
    const four = v128.load(sums);
    const low = f64x2.sqrt(f64x2.max(lowerHalf(four), leasts));
    const high = f64x2.sqrt(f64x2.max(upperHalf(four), leasts));
    storeHalves(sums, f64x2.div(one, low), f64x2.div(one, high));
  }
}

/** An all-pass with a long delay; see src/families/beds/rephased.ts. In doubles; four samples at a time. */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/**
 * The next samples of an all-pass, no more of them than its delay, so that none waits for another: now = sample + feedback · kept,
 * sample = kept - feedback · now, kept = now.
 *
 * @param samples, @param kept what went into the delay as long ago as it lasts; both are changed
 */
export function allPass(samples: Floats, kept: Floats, feedback: f64, count: i32): void {
  const back = f64x2.splat(feedback);
  const four = (<usize>(count & ~3)) << 2;
  for (let n: usize = 0; n < four; n += 16) {
    const sample = v128.load(samples + n);
    const before = v128.load(kept + n);
    const low = f64x2.add(lowerHalf(sample), f64x2.mul(back, lowerHalf(before)));
    const high = f64x2.add(upperHalf(sample), f64x2.mul(back, upperHalf(before)));
    storeHalves(
      samples + n,
      f64x2.sub(lowerHalf(before), f64x2.mul(back, low)),
      f64x2.sub(upperHalf(before), f64x2.mul(back, high)),
    );
    storeHalves(kept + n, low, high);
  }
  // What lies behind them is kept for the samples after these.
  for (let n = four; n < (<usize>count) << 2; n += 4) {
    const before = <f64>load<f32>(kept + n);
    const now = <f64>load<f32>(samples + n) + feedback * before;
    store<f32>(samples + n, <f32>(before - feedback * now));
    store<f32>(kept + n, <f32>now);
  }
}

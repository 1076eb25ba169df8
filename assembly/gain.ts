/**
 * Offsets and gains of a stretch of one channel, in place; see src/dsp/levels.ts. Worked out in doubles as a plain loop
 * does, two at a time; four samples at a time, so up to three after the last are changed too.
 */
import { lowerHalf, storeHalves, upperHalf } from './lanes';
import { Floats } from './types';

/** samples[n] += offset. */
export function addOffset(samples: Floats, count: i32, offset: f64): void {
  const offsets = f64x2.splat(offset);
  for (let n = 0; n < count; n += 4, samples += 16) {
    const four = v128.load(samples);
    storeHalves(samples, f64x2.add(lowerHalf(four), offsets), f64x2.add(upperHalf(four), offsets));
  }
}

/** samples[n] *= gain. */
export function applyGain(samples: Floats, count: i32, gain: f64): void {
  const gains = f64x2.splat(gain);
  for (let n = 0; n < count; n += 4, samples += 16) {
    const four = v128.load(samples);
    storeHalves(samples, f64x2.mul(lowerHalf(four), gains), f64x2.mul(upperHalf(four), gains));
  }
}

/**
 * samples[n] += height·t²·(1-t)², where t = (first + n) / last.
 * @param first index of the first of these samples, @param last of the last of the whole channel, above 0
 */
export function addHump(samples: Floats, count: i32, first: i32, last: i32, height: f64): void {
  const heights = f64x2.splat(height);
  const lasts = f64x2.splat(<f64>last);
  let places = f64x2.add(f64x2.splat(<f64>first), f64x2(0, 1));
  for (let n = 0; n < count; n += 4, samples += 16) {
    const four = v128.load(samples);
    const low = humpAt(f64x2.div(places, lasts), heights);
    places = f64x2.add(places, f64x2.splat(2));
    const high = humpAt(f64x2.div(places, lasts), heights);
    places = f64x2.add(places, f64x2.splat(2));
    storeHalves(samples, f64x2.add(lowerHalf(four), low), f64x2.add(upperHalf(four), high));
  }
}

function humpAt(t: v128, height: v128): v128 {
  const rise = f64x2.mul(t, f64x2.sub(f64x2.splat(1), t));
  return f64x2.mul(f64x2.mul(height, rise), rise);
}

/** What cutting a loop open costs at its wrap, and where it costs little; see src/loops/cut-response.ts. In doubles. */
import { Doubles, Floats } from './types';

/** Places of a resampled file's last frame. */
const PLACES = 4;

/**
 * The step at a cut between sample `at` - 1 and `at`, with what a resampler's low-pass misses on both sides of it.
 *
 * @param reach samples on either side that count
 * @param weights of the samples from `at` on, four each: one for every place of the last frame; then, one each, of those before
 */
export function stepOfCut(samples: Floats, at: i32, reach: i32, weights: Doubles): f64 {
  let after = samples + ((<usize>at) << 2);
  const step = abs(<f64>load<f32>(after) - <f64>load<f32>(after - 4));
  let before = after - 4;
  let ofBefore = weights + ((<usize>(PLACES * reach)) << 3);
  let missedBefore: f64 = 0;
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  for (let i = 0; i < reach; i++, after += 4, before -= 4, weights += 8 * PLACES, ofBefore += 8) {
    const sample = f64x2.splat(<f64>load<f32>(after));
    first = f64x2.add(first, f64x2.mul(v128.load(weights), sample));
    second = f64x2.add(second, f64x2.mul(v128.load(weights, 16), sample));
    missedBefore += load<f64>(ofBefore) * <f64>load<f32>(before);
  }
  const same = f64x2.splat(missedBefore);
  const most = f64x2.max(f64x2.abs(f64x2.sub(first, same)), f64x2.abs(f64x2.sub(second, same)));
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)) + step;
}

/**
 * The nearest place to cut at which both the step from the sample before and what a cut costs keep to their limits in every
 * channel; where none does, the one that is least beyond the one that it is furthest beyond.
 *
 * @param samples channel after channel, `spacing` apart: those about the place wanted, sample `around` + `reach`
 * @param around how far on either side a place may lie, @param reach samples more on either side
 * @param smallSteps of each channel, @param smallCuts the same of what a cut costs
 * @param weights as of {@link stepOfCut}
 * @returns how many samples behind the place wanted
 */
export function calmestCut(
  samples: Floats,
  spacing: i32,
  channels: i32,
  around: i32,
  reach: i32,
  smallSteps: Doubles,
  smallCuts: Doubles,
  weights: Doubles,
): i32 {
  let best = 0;
  let least = Infinity;
  for (let k = 0; k <= 2 * around && least > 1; k++) {
    const off = k & 1 ? -((k + 1) >> 1) : k >> 1;
    const at = around + reach + off;
    let most: f64 = 0;
    for (let c = 0; c < channels; c++) {
      const sample = samples + ((<usize>(c * spacing + at)) << 2);
      const step = abs(<f64>load<f32>(sample) - <f64>load<f32>(sample - 4));
      most = max(most, step / load<f64>(smallSteps + ((<usize>c) << 3)));
    }
    for (let c = 0; c < channels && most < least; c++) {
      const step = stepOfCut(samples + ((<usize>(c * spacing)) << 2), at, reach, weights);
      most = max(most, step / load<f64>(smallCuts + ((<usize>c) << 3)));
    }
    if (most < least) {
      best = off;
      least = most;
    }
  }
  return best;
}

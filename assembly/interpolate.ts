import { sumOf } from './lanes';

/**
 * Reads a sound at fractional places by a stored family of filters; see src/dsp/interpolate.ts for its names.
 * Output n is heard at `place` + n · ratio, between two rows of the filters by a straight line.
 *
 * @param samples address of f32 samples, from the first that the first output hears
 * @param place where the first output is heard, 0 to 1, after the middle of the first `taps` samples
 * @param weights address of (phases + 1) rows of `taps` f32, @param taps a multiple of 4
 * @param output address of `count` f32
 */
export function readBetween(
  samples: usize,
  place: f64,
  ratio: f64,
  weights: usize,
  taps: i32,
  phases: i32,
  output: usize,
  count: i32,
): void {
  const row = (<usize>taps) << 2;
  for (let n = 0; n < count; n++) {
    const here = place + <f64>n * ratio;
    const at = <i32>here;
    const exact = (here - <f64>at) * <f64>phases;
    const phase = <i32>exact;
    const share = f32x4.splat(<f32>(exact - <f64>phase));
    let sample = samples + ((<usize>at) << 2);
    let low = weights + <usize>phase * row;
    const end = low + row;
    let sum = f32x4.splat(0);
    let slope = f32x4.splat(0);
    while (low < end) {
      const heard = v128.load(sample);
      const weight = v128.load(low);
      sum = f32x4.add(sum, f32x4.mul(heard, weight));
      slope = f32x4.add(slope, f32x4.mul(heard, f32x4.sub(v128.load(low + row), weight)));
      sample += 16;
      low += 16;
    }
    store<f32>(output, sumOf(f32x4.add(sum, f32x4.mul(share, slope))));
    output += 4;
  }
}

import { sumOf } from './lanes';

/**
 * Reads a sound at fractional places by a stored family of filters; see src/dsp/interpolate.ts for its names.
 * Output n is heard at `place` + n · ratio, between two rows of the filters by a straight line.
 *
 * @param samples address of f32 samples, from the first that the first output hears
 * @param place where the first output is heard, 0 to 1, after the middle of the first `taps` samples
 * @param weights address of `phases` rows, each `taps` f32, then what each of them gains up to the next row
 * @param taps a multiple of 4
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
    let weight = weights + <usize>phase * 2 * row;
    const end = weight + row;
    let sum = f32x4.splat(0);
    let slope = f32x4.splat(0);
    while (weight < end) {
      const heard = v128.load(sample);
      sum = f32x4.add(sum, f32x4.mul(heard, v128.load(weight)));
      slope = f32x4.add(slope, f32x4.mul(heard, v128.load(weight + row)));
      sample += 16;
      weight += 16;
    }
    store<f32>(output, sumOf(f32x4.add(sum, f32x4.mul(share, slope))));
    output += 4;
  }
}

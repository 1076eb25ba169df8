import { dot } from './polyphase';
import { Floats } from './types';

/**
 * Reads a channel at fractional places, each by the nearest of a stored family of filters; see src/dsp/lower-rate.ts for its
 * names. Output n is read at `place` + n · ratio.
 *
 * @param samples from the first that the first output reads
 * @param place where the first output is read, 0 to 1, after the middle of the filter
 * @param rows `phases` + 1 of them, each `taps` weights; row p for a place p / phases after a sample
 * @param taps a multiple of 4
 * @param output filled with `count` numbers
 */
export function readNearest(
  samples: Floats,
  place: f64,
  ratio: f64,
  rows: Floats,
  taps: i32,
  phases: i32,
  output: Floats,
  count: i32,
): void {
  const size = (<usize>taps) << 2;
  for (let n = 0; n < count; n++, output += 4) {
    const here = place + <f64>n * ratio;
    const at = <i32>here;
    const phase = <i32>((here - <f64>at) * <f64>phases + 0.5);
    store<f32>(output, dot(samples + ((<usize>at) << 2), rows + <usize>phase * size, size));
  }
}

/** Weights of parts that add up to something; see src/analysis/sounding-notes.ts. */
import { sumOf } from './lanes';
import { Floats } from './types';

/**
 * Multiplicative updates (Lee & Seung 2001) of weights that are never negative: each is multiplied by wanted / (explained +
 * least), where explained is its row of overlaps · weights.
 *
 * @param overlaps `count` rows of `width` numbers
 * @param wanted one a part
 * @param weights one a part, zeros from `count` to `width`; changed
 * @param explained room for one a part
 * @param width a multiple of four, count or more
 */
export function updateWeights(
  overlaps: Floats,
  wanted: Floats,
  weights: Floats,
  explained: Floats,
  count: i32,
  width: i32,
  least: f32,
  rounds: i32,
): void {
  const leasts = f32x4.splat(least);
  for (let round = 0; round < rounds; round++) {
    let row = overlaps;
    for (let n = 0; n < count; n++) {
      let sum = f32x4.splat(0);
      for (let k = 0; k < width; k += 4, row += 16) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(row), v128.load(weights + ((<usize>k) << 2))));
      }
      store<f32>(explained + ((<usize>n) << 2), sumOf(sum));
    }
    for (let k: usize = 0; k < (<usize>width) << 2; k += 16) {
      const factor = f32x4.div(v128.load(wanted + k), f32x4.add(v128.load(explained + k), leasts));
      v128.store(weights + k, f32x4.mul(v128.load(weights + k), factor));
    }
  }
}

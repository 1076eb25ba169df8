import { greatestOf, sumOf } from './lanes';

/**
 * How far bands rise above the largest of their neighbourhood one cell earlier; see src/analysis/superflux.ts.
 * All arrays end in zeros, and are filled up to a multiple of four, which none of them counts.
 *
 * @param current address of f32, one a band, at least 0, @param count bands
 * @param earlier address of f32: 0, the bands of the cell before, 0
 * @param loudest the loudest band of the cell before, @param range how far under the loudest nothing counts
 * @param results address of 2 f32: the sum of the rises; the loudest band now
 */
export function bandRise(
  current: usize,
  count: i32,
  earlier: usize,
  loudest: f32,
  range: f32,
  results: usize,
): void {
  let top = f32x4.splat(0);
  for (let n = 0; n < count; n += 4) top = f32x4.pmax(top, v128.load(current + ((<usize>n) << 2)));
  const loudestNow = greatestOf(top);
  const floor = f32x4.splat(max(loudest, loudestNow) - range);
  const zero = f32x4.splat(0);
  let rise = zero;
  for (let n = 0; n < count; n += 4) {
    const at = earlier + ((<usize>n) << 2);
    const around = f32x4.pmax(f32x4.pmax(v128.load(at), v128.load(at, 4)), v128.load(at, 8));
    const before = f32x4.pmax(around, floor);
    rise = f32x4.add(rise, f32x4.pmax(f32x4.sub(v128.load(current + ((<usize>n) << 2)), before), zero));
  }
  store<f32>(results, sumOf(rise));
  store<f32>(results, loudestNow, 4);
}

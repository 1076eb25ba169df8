import { greatestOf, sumOf } from './lanes';
import { Floats } from './types';

@unmanaged
export class BandRise {
  /** Of the rises. */
  sum: f32;
  /** The loudest band. */
  loudest: f32;
}

/**
 * How far bands rise above the largest of their neighbourhood one cell earlier; see src/analysis/superflux.ts.
 * All arrays end in zeros, and are filled up to a multiple of four, which none of them counts.
 *
 * @param current one number a band, at least 0, @param count bands
 * @param earlier 0, the bands of the cell before, 0
 * @param range how far under the loudest nothing counts
 * @param result its `loudest` is that of the cell before, then of this one
 */
export function bandRise(current: Floats, count: i32, earlier: Floats, range: f32, result: BandRise): void {
  let top = f32x4.splat(0);
  for (let n = 0; n < count; n += 4) top = f32x4.pmax(top, v128.load(current + ((<usize>n) << 2)));
  const loudestNow = greatestOf(top);
  const floor = f32x4.splat(max(result.loudest, loudestNow) - range);
  const zero = f32x4.splat(0);
  let rise = zero;
  for (let n = 0; n < count; n += 4) {
    const at = earlier + ((<usize>n) << 2);
    const around = f32x4.pmax(f32x4.pmax(v128.load(at), v128.load(at, 4)), v128.load(at, 8));
    const before = f32x4.pmax(around, floor);
    rise = f32x4.add(rise, f32x4.pmax(f32x4.sub(v128.load(current + ((<usize>n) << 2)), before), zero));
  }
  result.sum = sumOf(rise);
  result.loudest = loudestNow;
}

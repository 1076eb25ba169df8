import { lowerHalf, sumOfPair, upperHalf } from './lanes';
import { Doubles, Floats } from './types';

/**
 * How unlike frames are: each becomes Σ |one - other| over its bands, in doubles; see src/loops/frame-distance.ts.
 *
 * @param one band after band of frame after frame; a multiple of four bands
 * @param distances one a frame: filled
 */
export function frameDistances(
  one: Floats,
  other: Floats,
  bands: i32,
  frames: i32,
  distances: Doubles,
): void {
  const width = (<usize>bands) << 2;
  for (let frame = 0; frame < frames; frame++, distances += 8) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (const end = one + width; one < end; one += 16, other += 16) {
      const a = v128.load(one);
      const b = v128.load(other);
      low = f64x2.add(low, f64x2.abs(f64x2.sub(lowerHalf(a), lowerHalf(b))));
      high = f64x2.add(high, f64x2.abs(f64x2.sub(upperHalf(a), upperHalf(b))));
    }
    low = f64x2.add(low, high);
    store<f64>(distances, sumOfPair(low));
  }
}

import { greatestOf } from './lanes';
import { Floats } from './types';

/**
 * Partials of a power spectrum; see src/analysis/peaks.ts.
 *
 * @param power one a bin, and room for four more
 * @param range what a peak must have of the strongest bin
 * @param frequency Hz, filled, @param amplitude filled: room for as many as there are bins
 * @returns how many
 */
export function findPeaks(
  power: Floats,
  first: i32,
  last: i32,
  range: f64,
  binHz: f64,
  frequency: Floats,
  amplitude: Floats,
): i32 {
  v128.store(power + ((<usize>last) << 2), f32x4.splat(0), 4);
  const least = range * <f64>strongestOf(power, first, last);
  const nearLeast = f32x4.splat(<f32>least);
  let count: usize = 0;
  for (let k = first + 1; k < last; k += 4) {
    const at = power + ((<usize>k) << 2);
    const here = v128.load(at);
    const isTop = v128.and(f32x4.ge(here, v128.load(at - 4)), f32x4.gt(here, v128.load(at, 4)));
    let found = i32x4.bitmask(v128.and(isTop, f32x4.ge(here, nearLeast)));
    for (; found; found &= found - 1) {
      const bin = k + ctz(found);
      const square = load<f32>(power + ((<usize>bin) << 2));
      if (bin >= last || <f64>square < least) continue;
      const below = load<f32>(power + ((<usize>bin) << 2) - 4);
      const above = load<f32>(power + ((<usize>bin) << 2), 4);
      const ratio = Math.sqrt(<f64>max(below, above) / <f64>square);
      const shift = max(0, (2 * ratio - 1) / (ratio + 1));
      store<f32>(frequency + (count << 2), <f32>((<f64>bin + (above > below ? shift : -shift)) * binHz));
      // The main lobe falls by 1.42 dB half a bin off its centre.
      store<f32>(amplitude + (count << 2), <f32>(Math.sqrt(<f64>square) * (1 + 0.71 * shift * shift)));
      count++;
    }
  }
  return <i32>count;
}

function strongestOf(power: Floats, first: i32, last: i32): f32 {
  let strongest = f32x4.splat(0);
  for (let k = first; k <= last; k += 4)
    strongest = f32x4.pmax(strongest, v128.load(power + ((<usize>k) << 2)));
  return greatestOf(strongest);
}

import { Floats } from './types';

/**
 * Adds the power that a frame would have had under a Hann window; see src/analysis/spectrum.ts.
 * Four bins at a time: up to three bins past `last` are written too.
 *
 * @param spectrum re and im of bin after bin; bins first-1 to last+4 are read
 * @param power one a bin
 */
export function addHannPower(spectrum: Floats, first: i32, last: i32, scale: f32, power: Floats): void {
  const two = f32x4.splat(2);
  const factor = f32x4.splat(scale * scale);
  for (let k = first; k <= last; k += 4) {
    const at = spectrum + ((<usize>k) << 3);
    const middle = v128.load(at, 8);
    const low = f32x4.sub(f32x4.sub(f32x4.mul(two, v128.load(at)), v128.load(at - 8)), middle);
    const high = f32x4.sub(f32x4.sub(f32x4.mul(two, v128.load(at, 16)), middle), v128.load(at, 24));
    const lows = f32x4.mul(low, low);
    const highs = f32x4.mul(high, high);
    const sum = f32x4.add(
      v128.shuffle<f32>(lows, highs, 0, 2, 4, 6),
      v128.shuffle<f32>(lows, highs, 1, 3, 5, 7),
    );
    const to = power + ((<usize>k) << 2);
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(sum, factor)));
  }
}

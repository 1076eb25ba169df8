/** Gains of bands laid over a spectrum; see src/dsp/ring-frames.ts. */
import { Floats, Integers } from './types';

/**
 * What each bin gains, less 1: a straight line between the gains of the band under it and of the next.
 *
 * @param gains one a band
 * @param below of each bin: the band whose centre lies under it, which is never the last, @param share and how far it is to the next, 0 to 1
 * @param change one a bin; filled
 */
export function bandChange(gains: Floats, below: Integers, share: Floats, change: Floats, bins: i32): void {
  for (let bin = 0; bin < bins; bin++) {
    const at = gains + ((<usize>load<i32>(below)) << 2);
    const here = load<f32>(at);
    store<f32>(change, here + load<f32>(share) * (load<f32>(at, 4) - here) - 1);
    below += 4;
    share += 4;
    change += 4;
  }
}

/**
 * Multiplies re and im of each bin by its factor; in place, four bins at a time, so up to three after the last are changed too.
 * @param factors one a bin
 */
export function scaleBins(spectrum: Floats, factors: Floats, bins: i32): void {
  for (let bin = 0; bin < bins; bin += 4, spectrum += 32, factors += 16) {
    const four = v128.load(factors);
    v128.store(spectrum, f32x4.mul(v128.load(spectrum), v128.shuffle<f32>(four, four, 0, 0, 1, 1)));
    v128.store(spectrum, f32x4.mul(v128.load(spectrum, 16), v128.shuffle<f32>(four, four, 2, 2, 3, 3)), 16);
  }
}

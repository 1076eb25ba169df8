import { sumOf } from './lanes';

/**
 * Σ weight·value in each band of a spectrum; see src/dsp/bands.ts.
 *
 * @param spectrum address of f32, one a bin, and three zeros more
 * @param weights address of f32, band after band, each filled up with zeros to a multiple of four
 * @param bands address of two i32 a band: its first bin, and its count of weights
 * @param sums address of f32, one a band
 */
export function bandSums(spectrum: usize, weights: usize, bands: usize, bandCount: i32, sums: usize): void {
  for (let band = 0; band < bandCount; band++) {
    let bin = spectrum + ((<usize>load<i32>(bands)) << 2);
    const end = weights + ((<usize>load<i32>(bands, 4)) << 2);
    let sum = f32x4.splat(0);
    for (; weights < end; weights += 16, bin += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(weights), v128.load(bin)));
    }
    store<f32>(sums, sumOf(sum));
    bands += 8;
    sums += 4;
  }
}

/** sums[n] += values[n], four at a time, so up to three numbers after the last are changed too. */
export function addTo(sums: usize, values: usize, count: i32): void {
  for (let n = 0; n < count; n += 4, sums += 16, values += 16) {
    v128.store(sums, f32x4.add(v128.load(sums), v128.load(values)));
  }
}

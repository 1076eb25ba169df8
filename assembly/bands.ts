import { sumOf } from './lanes';
import { Floats, Integers } from './types';

/**
 * Σ weight·value in each band of a spectrum; see src/dsp/bands.ts.
 *
 * @param spectrum one number a bin, and three zeros more
 * @param weights band after band, each filled up with zeros to a multiple of four
 * @param firstBins first bin of each band, @param weightCounts how many weights it has
 * @param sums one a band
 */
export function bandSums(
  spectrum: Floats,
  weights: Floats,
  firstBins: Integers,
  weightCounts: Integers,
  bandCount: i32,
  sums: Floats,
): void {
  for (let band = 0; band < bandCount; band++) {
    let bin = spectrum + ((<usize>load<i32>(firstBins)) << 2);
    const end = weights + ((<usize>load<i32>(weightCounts)) << 2);
    let sum = f32x4.splat(0);
    for (; weights < end; weights += 16, bin += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(weights), v128.load(bin)));
    }
    store<f32>(sums, sumOf(sum));
    firstBins += 4;
    weightCounts += 4;
    sums += 4;
  }
}

/** sums[n] += values[n], four at a time, so up to three numbers after the last are changed too. */
export function addTo(sums: Floats, values: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, sums += 16, values += 16) {
    v128.store(sums, f32x4.add(v128.load(sums), v128.load(values)));
  }
}

/** sums[n] += the sum of samples 8n to 8n+7. @param samples 8 × count */
export function addEightSums(samples: Floats, count: i32, sums: Floats): void {
  for (let n = 0; n < count; n++, samples += 32, sums += 4) {
    const four = f32x4.add(v128.load(samples), v128.load(samples, 16));
    store<f32>(sums, load<f32>(sums) + sumOf(four));
  }
}

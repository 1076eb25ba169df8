import { addTo, bandSums } from './bands';
import { bandRise } from './flux';
import { logarithmsOf } from './logarithm';
import { flatnessSums, magnitudeSums, topBin } from './shape';

/** What {@link hearCell} works with; src/analysis/cell-ear.ts lays it out. */
@unmanaged
class CellBench {
  /** The flatness counts up to the highest bin that has this part of the largest power, */
  topRange: f64;
  /** f32, one a bin, and room for four more. */
  power: usize;
  /** f32, one a bin, zeros before the first, and room for four more. */
  magnitude: usize;
  /** f32, one a bin, to which the power is added. */
  pooled: usize;
  /** Bands of the flux, as `bandSums` takes them. */
  weights: usize;
  bands: usize;
  /** f32, one a band, filled up to a multiple of four. */
  current: usize;
  /** f32: 0, the bands of the cell before, zeros. */
  earlier: usize;
  firstBin: i32;
  lastBin: i32;
  /** and at least to this one. */
  leastTop: i32;
  bandCount: i32;
  /** Added to every power before its logarithm is taken. */
  floor: f32;
  /** A band is ln(1 + compression · magnitude), */
  compression: f32;
  /** and counts as far as this under the loudest. */
  range: f32;
  /** The loudest band of the cell before. */
  loudest: f32;
}

/**
 * What is heard in one cell's power spectrum: the sums of its shape, and how its bands rise. Adds it to what is pooled.
 *
 * @param at address of a CellBench
 * @param figures address of 8 f32: Σ magnitude, Σ bin·magnitude, the largest power; Σ ln(power + floor),
 *   Σ (power + floor) and the bin up to which these two go; the sum of the rises, and the loudest band
 */
export function hearCell(at: usize, figures: usize): void {
  const bench = changetype<CellBench>(at);
  const power = bench.power;
  const last = bench.lastBin;
  v128.store(power + ((<usize>last) << 2), f32x4.splat(0), 4);
  magnitudeSums(power, bench.firstBin, last, bench.magnitude, figures);
  const threshold = <f32>(bench.topRange * <f64>load<f32>(figures, 8));
  const top = topBin(power, bench.leastTop, last, threshold);
  flatnessSums(power, bench.firstBin, top, bench.floor, figures + 12);
  store<f32>(figures, <f32>top, 20);
  addTo(bench.pooled, power, last + 1);
  hearRise(bench, figures + 24);
}

function hearRise(bench: CellBench, results: usize): void {
  const current = bench.current;
  const count = bench.bandCount;
  bandSums(bench.magnitude, bench.weights, bench.bands, count, current);
  logarithmsOf(current, count, bench.compression, 1);
  for (let n = count; n & 3; n++) store<f32>(current + ((<usize>n) << 2), 0);
  bandRise(current, count, bench.earlier, bench.loudest, bench.range, results);
  bench.loudest = load<f32>(results, 4);
  memory.copy(bench.earlier + 4, current, (<usize>count) << 2);
}

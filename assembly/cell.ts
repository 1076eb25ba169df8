import { addTo, bandSums } from './bands';
import { BandRise, bandRise } from './flux';
import { logarithmsOf } from './logarithm';
import { FlatnessSums, flatnessSums, magnitudeSums, ShapeSums, topBin } from './shape';
import { Floats, Integers } from './types';

/** What {@link analyseCell} works with; src/analysis/cell-analyser.ts fills it. */
@unmanaged
class CellWorkspace {
  /** The flatness counts up to the highest bin that has this part of the largest power, */
  topRange: f64;
  /** one number a bin, and room for four more. */
  power: Floats;
  /** One a bin, zeros before the first, and room for four more. */
  magnitude: Floats;
  /** One a bin, to which the power is added. */
  pooled: Floats;
  /** Bands of the flux, as `bandSums` takes them. */
  weights: Floats;
  firstBins: Integers;
  weightCounts: Integers;
  /** One a band, filled up to a multiple of four. */
  current: Floats;
  /** 0, the bands of the cell before, zeros. */
  earlier: Floats;
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
  /** What comes out: the bin up to which the flatness counted, */
  top: i32;
  /** the sums of the spectrum's shape, */
  shape: ShapeSums;
  flatness: FlatnessSums;
  /** and how its bands rise. */
  rise: BandRise;
}

/** Measures one cell's power spectrum: the sums of its shape, and how its bands rise. Adds it to what is pooled. */
export function analyseCell(cell: CellWorkspace): void {
  const power = cell.power;
  const last = cell.lastBin;
  v128.store(power + ((<usize>last) << 2), f32x4.splat(0), 4);
  magnitudeSums(power, cell.firstBin, last, cell.magnitude, cell.shape);
  const threshold = <f32>(cell.topRange * <f64>cell.shape.largest);
  const top = topBin(power, cell.leastTop, last, threshold);
  flatnessSums(power, cell.firstBin, top, cell.floor, cell.flatness);
  cell.top = top;
  addTo(cell.pooled, power, last + 1);
  measureRise(cell);
}

function measureRise(cell: CellWorkspace): void {
  const current = cell.current;
  const count = cell.bandCount;
  bandSums(cell.magnitude, cell.weights, cell.firstBins, cell.weightCounts, count, current);
  logarithmsOf(current, count, cell.compression, 1);
  for (let n = count; n & 3; n++) store<f32>(current + ((<usize>n) << 2), 0);
  bandRise(current, count, cell.earlier, cell.range, cell.rise);
  memory.copy(cell.earlier + 4, current, (<usize>count) << 2);
}

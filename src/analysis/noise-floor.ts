import { meansOfThree, quantileAlongTime } from './rank-filter.ts';

/**
 * The noise that stands behind all else in a power spectrogram, on a grid of columns. The median of neighbouring bins
 * passes over partials; what it hardly ever falls under within a second passes over hits.
 */

/** Share of the time in which the noise may be quieter. */
const QUIETEST = 0.05;
/**
 * Mean power of steady noise against that quantile is 1.7 (two independent channels) to 2.4 (one). Taken for less, the
 * tails of drums that never quite end count less too: white noise under hits comes out 1.7 to 3.8 dB quieter, the air of
 * drummed songs 0.6 dB under that of their quietest moments, in the mean.
 */
const FLOOR_TO_NOISE = 0.8;
/** Medians stand out above that quantile by this much without a hit, in power: noise swings. */
const SWING = 1.6;
/** Mean power of a hit against the median of its bins, as of all noise. */
const MEAN_OF_MEDIAN = 1.45;

/** Levels on a grid of columns, for every row. */
export interface NoiseGrid {
  /**
   * What holds for every column of a row.
   * @param noise filled with the power of the noise
   * @param hit filled with the power of what stands out above it
   */
  spread(row: number, noise: Float32Array, hit: Float32Array): void;
}

/** @param shape over how many rows the noise lasts, over how many columns it is even; both odd */
export function noiseFloor(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: { readonly rows: number; readonly columns: number },
): NoiseGrid {
  const step = Math.round((2 * shape.columns) / 3);
  const points = Math.ceil((columns - 1) / step) + 1;
  const medians = mediansOf(power, rows, columns, shape.columns, step, points);
  const quietest = quantileAlongTime(meansOfThree(medians, rows, points), rows, points, shape.rows, QUIETEST);
  const floor = meanAlongTime(quietest, rows, points, smoothingReach(shape));
  return {
    spread(row, noise, hit) {
      for (let point = 0, at = row * points; point < points - 1; point++, at++) {
        const from = point * step;
        const to = Math.min(columns, from + step + (point === points - 2 ? 1 : 0));
        const [n0, n1] = [FLOOR_TO_NOISE * floor[at], FLOOR_TO_NOISE * floor[at + 1]];
        const h0 = MEAN_OF_MEDIAN * Math.max(0, medians[at] - SWING * floor[at]);
        const h1 = MEAN_OF_MEDIAN * Math.max(0, medians[at + 1] - SWING * floor[at + 1]);
        for (let column = from, part = 0; column < to; column++, part += 1 / step) {
          noise[column] = n0 + part * (n1 - n0);
          hit[column] = h0 + part * (h1 - h0);
        }
      }
    },
  };
}

/**
 * Rows on either side over which the floor is a mean: half the time that lasts, together. Where a quiet moment comes into the
 * time looked at or leaves it, the floor would else jump: smoothed, bands of drummed songs move by 1.1 dB at 2 to 8 Hz
 * instead of 1.3.
 */
function smoothingReach({ rows }: { readonly rows: number }): number {
  return rows >> 2;
}

/** Rows on either side that a row's floor depends on; one of them to smooth the medians. */
export function floorReach(shape: { readonly rows: number }): number {
  return (shape.rows >> 1) + smoothingReach(shape) + 1;
}

/** The mean of the rows around each, cut off at the ends. Summed anew for each, or where a range begins would be heard in its bits. */
function meanAlongTime(matrix: Float32Array, rows: number, columns: number, reach: number): Float32Array {
  const means = new Float32Array(matrix.length);
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const first = Math.max(0, row - reach);
    const last = Math.min(rows - 1, row + reach);
    sums.fill(0);
    for (let other = first, at = first * columns; other <= last; other++) {
      for (let column = 0; column < columns; column++, at++) sums[column] += matrix[at];
    }
    for (let column = 0, at = row * columns; column < columns; column++, at++) {
      means[at] = sums[column] / (last - first + 1);
    }
  }
  return means;
}

/** The median of `width` columns around every `step`-th one; at the ends, of those that are there. */
function mediansOf(
  power: Float32Array,
  rows: number,
  columns: number,
  width: number,
  step: number,
  points: number,
): Float32Array {
  const medians = new Float32Array(rows * points);
  const sorted = new Float32Array(width);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let point = 0; point < points; point++, at++) {
      const centre = Math.min(columns - 1, point * step);
      const from = Math.max(0, centre - (width >> 1));
      const count = Math.min(columns, centre + (width >> 1) + 1) - from;
      medians[at] = medianOf(power, row * columns + from, count, sorted);
    }
  }
  return medians;
}

/** By insertion, which for fifteen values is the fastest. @param sorted workspace of `count` */
function medianOf(values: Float32Array, from: number, count: number, sorted: Float32Array): number {
  for (let n = 0; n < count; n++) {
    const value = values[from + n];
    let place = n;
    for (; place > 0 && sorted[place - 1] > value; place--) sorted[place] = sorted[place - 1];
    sorted[place] = value;
  }
  return sorted[count >> 1];
}

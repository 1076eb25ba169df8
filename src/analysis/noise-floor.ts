import { type KernelFloats, type KernelWorkspace, partOf } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { copyRows } from './least-along-time.ts';

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
  /** Numbers that a line of {@link spread} needs room for: the columns, and what the grid reaches beyond them. */
  readonly lineLength: number;
  /**
   * What holds for every column of a row.
   * @param noise filled with the power of the noise
   * @param hit filled with the power of what stands out above it
   */
  spread(row: number, noise: KernelFloats, hit: KernelFloats): void;
}

/** Over how many rows the noise lasts, over how many columns it is even; both odd. */
interface Evenness {
  readonly rows: number;
  readonly columns: number;
}

/** @param own in which the grid lives */
export function noiseFloor(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: Evenness,
  own: KernelWorkspace,
): NoiseGrid {
  const step = Math.round((2 * shape.columns) / 3);
  const points = Math.ceil((columns - 1) / step) + 1;
  const medians = own.floats(rows * points);
  takeMedians(power, { rows, columns, width: shape.columns, step, points }, own, medians);
  const floor = floorOf(medians, rows, points, shape, own);
  const above = own.floats(points);
  return {
    lineLength: (points - 1) * step + 1,
    spread(row, noise, hit) {
      const [here, least] = [medians, floor].map((grid) => partOf(grid, row * points, (row + 1) * points));
      kernels.joinPoints(least, points - 1, step, FLOOR_TO_NOISE, noise);
      kernels.standingAbove(here, least, SWING, above, points);
      kernels.joinPoints(above, points - 1, step, MEAN_OF_MEDIAN, hit);
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

/** What the medians, each row with its two neighbours as a mean, hardly ever fall under. */
function floorOf(
  medians: KernelFloats,
  rows: number,
  points: number,
  shape: Evenness,
  own: KernelWorkspace,
): KernelFloats {
  const half = shape.rows >> 1;
  const rank = Math.round(QUIETEST * (shape.rows - 1));
  const around = own.floats((rows + 2) * points);
  copyRows(medians, rows, points, -1, rows + 2, around);
  const padded = own.floats((rows + 2 * half) * points);
  kernels.meanOfRows(around, rows * points, points, 3, partOf(padded, half * points));
  mirrorEnds(padded, rows, points, half);
  const quietest = around;
  kernels.rankOfRows(padded, rows * points, points, shape.rows, rank, own.floats(4 * (rank + 1)), quietest);
  meansAlongTime(quietest, rows, points, smoothingReach(shape), padded);
  return padded;
}

/** Reflects the rows that begin with row `half` into as many before and behind them. */
function mirrorEnds(padded: KernelFloats, rows: number, points: number, half: number): void {
  const last = half + rows - 1;
  const copyRow = (from: number, to: number) =>
    padded.copyWithin(to * points, from * points, (from + 1) * points);
  for (let n = 1; n <= half; n++) {
    // Fewer rows than the reach repeat their far end.
    copyRow(Math.min(last, half + n), half - n);
    copyRow(Math.max(half, last - n), last + n);
  }
}

/** The mean of the rows around each, cut off at the ends. Summed anew for each, or where a range begins would be heard in its bits. */
function meansAlongTime(
  values: KernelFloats,
  rows: number,
  points: number,
  reach: number,
  means: KernelFloats,
): void {
  const take = (row: number, count: number) => {
    const first = Math.max(0, row - reach);
    const width = Math.min(rows - 1, row + reach) - first + 1;
    const from = partOf(values, first * points);
    kernels.meanOfRows(from, count * points, points, width, partOf(means, row * points));
  };
  // In order: a kernel writes a little into the row behind. Rows whose window no end cuts off go together.
  const whole = Math.max(0, rows - 2 * reach);
  const [before, behind] = whole > 0 ? [reach, reach + whole] : [rows, rows];
  for (let row = 0; row < before; row++) take(row, 1);
  if (whole > 0) take(reach, whole);
  for (let row = behind; row < rows; row++) take(row, 1);
}

/** Where medians of a row are taken: of `width` columns around every `step`-th one. */
interface MedianGrid {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly step: number;
  readonly points: number;
}

/** @param medians filled; at the ends of a row, of those columns that are there */
function takeMedians(
  power: Float32Array,
  { rows, columns, width, step, points }: MedianGrid,
  own: KernelWorkspace,
  medians: KernelFloats,
): void {
  const half = width >> 1;
  const line = own.floats(columns);
  const least = own.floats(2 * (width + 1));
  const first = Math.min(points, Math.ceil(half / step));
  const end = Math.max(first, Math.min(points, Math.floor((columns - 1 - half) / step) + 1));
  const atEnds = Array.from({ length: points }, (_, point) => point).filter((p) => p < first || p >= end);
  const sorted = new Float32Array(width);
  for (let row = 0, at = 0; row < rows; row++, at += points) {
    line.set(power.subarray(row * columns, (row + 1) * columns));
    const inside = partOf(line, Math.max(0, first * step - half));
    kernels.mediansEvery(inside, step, width, end - first, least, partOf(medians, at + first));
    for (const point of atEnds) {
      const centre = Math.min(columns - 1, point * step);
      const from = Math.max(0, centre - half);
      const near = line.subarray(from, Math.min(columns, centre + half + 1));
      medians[at + point] = medianOf(near, sorted);
    }
  }
}

/** By insertion, which for few values is the fastest. @param sorted workspace of as many */
function medianOf(values: Float32Array, sorted: Float32Array): number {
  const { length } = values;
  for (let n = 0; n < length; n++) {
    let place = n;
    for (; place > 0 && sorted[place - 1] > values[n]; place--) sorted[place] = sorted[place - 1];
    sorted[place] = values[n];
  }
  return sorted[length >> 1];
}

/** Means and variances of a track's columns over any stretch of rows, from running sums. */
import { square } from '../dsp/maths.ts';
import type { Track } from './analysis.ts';

export interface TrackSums {
  readonly columns: number;
  /** Rows that overlap samples [start, start+count), as [first, end). */
  rowRange(start: number, count: number): readonly [first: number, end: number];
  /** Mean of a column over rows [first, end). */
  mean(column: number, first: number, end: number): number;
  /** Population variance of a column over rows [first, end). */
  variance(column: number, first: number, end: number): number;
}

/** Rows between two kept sums: an eighth of the memory, for at most seven rows to add up at either end. */
const ROWS_PER_SUM = 8;

/** @param transform applied to every value, with its row, on the way in: for example a floor */
export function trackSums(
  track: Track,
  transform: (value: number, row: number) => number = (value) => value,
): TrackSums {
  const { rows, columns, values, hop } = track;
  const kept = Math.floor(rows / ROWS_PER_SUM) + 1;
  /** Of the rows before row ROWS_PER_SUM · i, for each column: the sum, then the sum of squares. */
  const sums = new Float64Array(kept * columns);
  const squares = new Float64Array(kept * columns);
  for (let i = 1; i < kept; i++) {
    for (let column = 0; column < columns; column++) {
      const at = i * columns + column;
      sums[at] = sums[at - columns];
      squares[at] = squares[at - columns];
      for (let row = (i - 1) * ROWS_PER_SUM; row < i * ROWS_PER_SUM; row++) {
        const value = transform(values[row * columns + column], row);
        sums[at] += value;
        squares[at] += value * value;
      }
    }
  }

  function sumBefore(row: number, column: number): number {
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = sums[i * columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) sum += transform(values[r * columns + column], r);
    return sum;
  }

  function squareBefore(row: number, column: number): number {
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = squares[i * columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) sum += square(transform(values[r * columns + column], r));
    return sum;
  }

  const mean = (column: number, first: number, end: number) =>
    (sumBefore(end, column) - sumBefore(first, column)) / (end - first);
  return {
    columns,
    rowRange(start, count) {
      const first = Math.max(0, Math.min(rows - 1, Math.round(start / hop)));
      return [first, Math.max(first + 1, Math.min(rows, Math.round((start + count) / hop)))];
    },
    mean,
    variance(column, first, end) {
      const meanSquare = (squareBefore(end, column) - squareBefore(first, column)) / (end - first);
      return Math.max(0, meanSquare - square(mean(column, first, end)));
    },
  };
}

/** Means and variances of a track's columns over any stretch of rows, from running sums. */
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

/** @param transform applied to every value on the way in, for example a floor */
export function trackSums(track: Track, transform: (value: number) => number = (value) => value): TrackSums {
  const { rows, columns, values, hop } = track;
  const sums = new Float64Array((rows + 1) * columns);
  const squares = new Float64Array((rows + 1) * columns);
  for (let i = 0; i < rows * columns; i++) {
    const value = transform(values[i]);
    sums[i + columns] = sums[i] + value;
    squares[i + columns] = squares[i] + value * value;
  }
  const mean = (column: number, first: number, end: number) =>
    (sums[end * columns + column] - sums[first * columns + column]) / (end - first);
  return {
    columns,
    rowRange(start, count) {
      const first = Math.max(0, Math.min(rows - 1, Math.round(start / hop)));
      return [first, Math.max(first + 1, Math.min(rows, Math.round((start + count) / hop)))];
    },
    mean,
    variance(column, first, end) {
      const square = (squares[end * columns + column] - squares[first * columns + column]) / (end - first);
      return Math.max(0, square - mean(column, first, end) ** 2);
    },
  };
}

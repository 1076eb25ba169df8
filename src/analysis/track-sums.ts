/** Means and variances of a track's columns over any stretch of rows, from running sums. */

import { keepShape } from '../dsp/keep-shape.ts';
import { square } from '../dsp/maths.ts';
import type { Track } from './analysis.ts';

/** Rows between two kept sums: an eighth of the memory, for at most seven rows to add up at either end. */
const ROWS_PER_SUM = 8;

/** Of a track's value and its row what is summed up instead. */
type Transform = (value: number, row: number) => number;

const AS_IT_IS: Transform = (value) => value;

export class TrackSums {
  readonly columns: number;
  readonly #track: Track;
  readonly #transform: Transform;
  /** Of the rows before row ROWS_PER_SUM · i, for each column: the sum, then the sum of squares. */
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  /** @param transform applied to every value on the way in: for example a floor */
  constructor(track: Track, transform = AS_IT_IS) {
    const { rows, columns } = track;
    const kept = Math.floor(rows / ROWS_PER_SUM) + 1;
    this.columns = columns;
    this.#track = track;
    this.#transform = transform;
    this.#sums = new Float64Array(kept * columns);
    this.#squares = new Float64Array(kept * columns);
    for (let i = 1; i < kept; i++) for (let column = 0; column < columns; column++) this.#keep(i, column);
  }

  #keep(i: number, column: number): void {
    const { columns, values } = this.#track;
    const at = i * columns + column;
    let sum = this.#sums[at - columns];
    let squares = this.#squares[at - columns];
    for (let row = (i - 1) * ROWS_PER_SUM; row < i * ROWS_PER_SUM; row++) {
      const value = this.#transform(values[row * columns + column], row);
      sum += value;
      squares += value * value;
    }
    this.#sums[at] = sum;
    this.#squares[at] = squares;
  }

  /** Rows that overlap samples [start, start+count), as [first, end). */
  rowRange(start: number, count: number): readonly [first: number, end: number] {
    const { rows, hop } = this.#track;
    const first = Math.max(0, Math.min(rows - 1, Math.round(start / hop)));
    return [first, Math.max(first + 1, Math.min(rows, Math.round((start + count) / hop)))];
  }

  /** Mean of a column over rows [first, end). */
  mean(column: number, first: number, end: number): number {
    return (this.#sumBefore(end, column) - this.#sumBefore(first, column)) / (end - first);
  }

  /** Population variance of a column over rows [first, end). */
  variance(column: number, first: number, end: number): number {
    const squares = this.#squareBefore(end, column) - this.#squareBefore(first, column);
    return Math.max(0, squares / (end - first) - square(this.mean(column, first, end)));
  }

  #sumBefore(row: number, column: number): number {
    const { columns, values } = this.#track;
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = this.#sums[i * columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) sum += this.#transform(values[r * columns + column], r);
    return sum;
  }

  #squareBefore(row: number, column: number): number {
    const { columns, values } = this.#track;
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = this.#squares[i * columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) {
      sum += square(this.#transform(values[r * columns + column], r));
    }
    return sum;
  }
}

keepShape(new TrackSums({ hop: 1, rows: 0, columns: 0, values: new Float32Array(0) }));

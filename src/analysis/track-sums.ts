/** Means and variances of a track's columns over any stretch of rows, from running sums. */

import { keepShape } from '../dsp/keep-shape.ts';
import { square } from '../dsp/maths.ts';
import type { Track } from './analysis.ts';

/** Rows between two kept sums: an eighth of the memory, for at most seven rows to add up at either end. */
const ROWS_PER_SUM = 8;

/** What is taken of each value before it is summed up. */
interface Relation {
  /** Values below it count as it. */
  readonly floor: number;
  /** Of each row, what its values are counted from. */
  readonly levels: Float32Array;
}

export class TrackSums {
  readonly columns: number;
  readonly #track: Track;
  readonly #relation: Relation | null;
  /** Of the rows before row ROWS_PER_SUM · i, for each column: the sum, then the sum of squares. */
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  /** @param relation what of the values is summed up; null: they themselves */
  constructor(track: Track, relation: Relation | null = null) {
    const { rows, columns } = track;
    const kept = Math.floor(rows / ROWS_PER_SUM) + 1;
    this.columns = columns;
    this.#track = track;
    this.#relation = relation;
    this.#sums = new Float64Array(kept * columns);
    this.#squares = new Float64Array(kept * columns);
    for (let i = 1; i < kept; i++) for (let column = 0; column < columns; column++) this.#keep(i, column);
  }

  #keep(i: number, column: number): void {
    const { columns } = this.#track;
    const at = i * columns + column;
    let sum = this.#sums[at - columns];
    let squares = this.#squares[at - columns];
    for (let row = (i - 1) * ROWS_PER_SUM; row < i * ROWS_PER_SUM; row++) {
      const value = this.#valueAt(row, column);
      sum += value;
      squares += value * value;
    }
    this.#sums[at] = sum;
    this.#squares[at] = squares;
  }

  // No function that is handed in: one that the compiler does not know hands each number over as an object.
  #valueAt(row: number, column: number): number {
    const value = this.#track.values[row * this.columns + column];
    const relation = this.#relation;
    return relation === null ? value : Math.max(value, relation.floor) - relation.levels[row];
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
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = this.#sums[i * this.columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) sum += this.#valueAt(r, column);
    return sum;
  }

  #squareBefore(row: number, column: number): number {
    const i = Math.floor(row / ROWS_PER_SUM);
    let sum = this.#squares[i * this.columns + column];
    for (let r = i * ROWS_PER_SUM; r < row; r++) sum += square(this.#valueAt(r, column));
    return sum;
  }
}

keepShape(new TrackSums({ hop: 1, rows: 0, columns: 0, values: new Float32Array(0) }));

import { keepShape } from '../dsp/keep-shape.ts';

/** Cells between two kept sums: an eighth of the memory, for at most seven values to add up. */
const CELLS_PER_SUM = 8;

/** Of a value and its cell what is summed up instead. */
type Transform = (value: number, cell: number) => number;

const AS_IT_IS: Transform = (value) => value;

/** Sums over any cells of a track of one value a cell. */
export class RunningSum {
  readonly #values: Float32Array | Float64Array | Uint16Array;
  readonly #transform: Transform;
  /** Of the cells before cell CELLS_PER_SUM · i. */
  readonly #sums: Float64Array;

  /** @param transform applied to every value on the way in */
  constructor(values: Float32Array | Float64Array | Uint16Array, transform = AS_IT_IS) {
    const sums = new Float64Array(Math.floor(values.length / CELLS_PER_SUM) + 1);
    this.#values = values;
    this.#transform = transform;
    this.#sums = sums;
    for (let i = 1; i < sums.length; i++) {
      sums[i] = this.#addUp(sums[i - 1], (i - 1) * CELLS_PER_SUM, i * CELLS_PER_SUM);
    }
  }

  /** Of all values before a cell; before the cell count: of all. */
  before(cell: number): number {
    const i = Math.floor(cell / CELLS_PER_SUM);
    return this.#addUp(this.#sums[i], i * CELLS_PER_SUM, cell);
  }

  /** Of cells [first, end). */
  between(first: number, end: number): number {
    return this.before(end) - this.before(first);
  }

  /** Before a place between two cells, by proportion. */
  beforePlace(place: number, cellCount: number): number {
    const lower = Math.min(cellCount - 1, Math.floor(place));
    const sum = this.before(lower);
    return place > lower ? sum + (place - lower) * (this.before(lower + 1) - sum) : sum;
  }

  #addUp(before: number, first: number, end: number): number {
    let sum = before;
    for (let cell = first; cell < end; cell++) sum += this.#transform(this.#values[cell], cell);
    return sum;
  }
}

keepShape(new RunningSum(new Float32Array(0)));

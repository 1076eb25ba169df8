import { type KernelFloats, partOf, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Rows of a matrix, the last one included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Numbers of a matrix that are worked on at a time, more only where one window is: 1 MB, as much as a processor keeps near. */
const NUMBERS_AT_ONCE = 2 ** 18;

/**
 * Along time: the least that each column keeps within `width` rows (odd) around, each row with its two neighbours as a
 * mean, of the rows wanted alone.
 * @param matrix rows × columns, row after row
 */
export function leastAlongTime(
  matrix: Float32Array,
  rows: number,
  columns: number,
  width: number,
  wanted: RowRange = { first: 0, last: rows - 1 },
): Float32Array {
  const least = new Float32Array((wanted.last - wanted.first + 1) * columns);
  // Before and behind the rows of a stretch: half a window, and one row more for the mean.
  const reach = (width >> 1) + 1;
  const stretch = Math.max(width, Math.floor(NUMBERS_AT_ONCE / columns) - 2 * reach);
  withWorkspace((own) => {
    const most = Math.min(stretch, wanted.last - wanted.first + 1);
    const around = own.floats((most + 2 * reach) * columns);
    for (let first = wanted.first; first <= wanted.last; first += stretch) {
      const count = Math.min(stretch, wanted.last + 1 - first);
      copyRows(matrix, rows, columns, first - reach, count + 2 * reach, around);
      const means = { first: first - reach + 1, count: count + 2 * reach - 2 };
      kernels.meanOfRows(around, means.count * columns, columns, 3, around);
      forgetBeyondEnds(around, rows, columns, means);
      takeLeast(around, count + width - 1, columns, width);
      least.set(around.subarray(0, count * columns), (first - wanted.first) * columns);
    }
  });
  return least;
}

/** Rows [first, first + count) of a matrix; beyond its ends the end itself. */
export function copyRows(
  matrix: Float32Array,
  rows: number,
  columns: number,
  first: number,
  count: number,
  to: KernelFloats,
): void {
  const from = Math.max(0, first);
  const end = Math.min(rows, first + count);
  to.set(matrix.subarray(from * columns, end * columns), (from - first) * columns);
  for (let row = first; row < from; row++) to.set(matrix.subarray(0, columns), (row - first) * columns);
  for (let row = end; row < first + count; row++) {
    to.set(matrix.subarray((rows - 1) * columns, rows * columns), (row - first) * columns);
  }
}

/** Rows beyond the ends of the whole are never the least. */
function forgetBeyondEnds(
  around: KernelFloats,
  rows: number,
  columns: number,
  { first, count }: { first: number; count: number },
): void {
  if (first < 0) around.fill(Infinity, 0, -first * columns);
  const beyond = Math.min(count, rows - first);
  around.fill(Infinity, beyond * columns, count * columns);
}

/** Each of `rows` rows becomes the least of `width` from it on: of one, two, four … and at last of two windows that overlap. */
function takeLeast(values: KernelFloats, rows: number, columns: number, width: number): void {
  for (let covered = 1; covered < width; ) {
    const shift = Math.min(covered, width - covered);
    const count = (rows - covered - shift + 1) * columns;
    kernels.lesserOf(values, partOf(values, shift * columns), values, count);
    covered += shift;
  }
}

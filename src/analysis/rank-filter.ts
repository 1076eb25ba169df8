/**
 * Running quantiles of a matrix (rows × columns, row after row), along either of its sides. A quantile of 0.5 is
 * the median. Beyond the ends lie mirror images of what is inside.
 */

/** Along time: each value's column, `width` rows (odd) around it. @param quantile 0 to 1 */
export function quantileAlongTime(
  matrix: Float32Array,
  rows: number,
  columns: number,
  width: number,
  quantile: number,
): Float32Array {
  const quantiles = new Float32Array(matrix.length);
  const half = width >> 1;
  const lines = Array.from({ length: COLUMN_BLOCK }, () => new Float32Array(rows + width - 1));
  const window = new Float32Array(width);
  const rank = Math.round(quantile * (width - 1));
  for (let first = 0; first < columns; first += COLUMN_BLOCK) {
    const count = Math.min(COLUMN_BLOCK, columns - first);
    for (let row = 0, at = first; row < rows; row++, at += columns) {
      for (let column = 0; column < count; column++) lines[column][half + row] = matrix[at + column];
    }
    for (let column = 0; column < count; column++) {
      mirrorEnds(lines[column], rows, half);
      runningRank(lines[column], window, rank, quantiles, first + column, columns, rows);
    }
  }
  return quantiles;
}

/** Columns a block: one 64-byte cache line of floats, so that walking down a column wastes no memory traffic. */
const COLUMN_BLOCK = 16;

/** Along frequency: each value's row, `width` columns (odd) around it. @param quantile 0 to 1 */
export function quantileAlongFrequency(
  matrix: Float32Array,
  rows: number,
  columns: number,
  width: number,
  quantile: number,
): Float32Array {
  const quantiles = new Float32Array(matrix.length);
  const line = new Float32Array(columns + width - 1);
  const window = new Float32Array(width);
  const rank = Math.round(quantile * (width - 1));
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    line.set(matrix.subarray(at, at + columns), width >> 1);
    mirrorEnds(line, columns, width >> 1);
    runningRank(line, window, rank, quantiles, at, 1, columns);
  }
  return quantiles;
}

/** Reflects the `count` values that begin at line[half] into the `half` places on either side. */
function mirrorEnds(line: Float32Array, count: number, half: number): void {
  const last = half + count - 1;
  for (let n = 1; n <= half; n++) {
    // A line shorter than the reach repeats its far end.
    line[half - n] = line[Math.min(last, half + n)];
    line[last + n] = line[Math.max(half, last - n)];
  }
}

/**
 * The value of this rank in line[i … i + width) for every i below count, by keeping the window sorted: one
 * value leaves, one enters, and only those between them move.
 * @param window workspace of `width`, odd
 * @param ranked written from `offset` on, every `stride`
 */
function runningRank(
  line: Float32Array,
  window: Float32Array,
  rank: number,
  ranked: Float32Array,
  offset: number,
  stride: number,
  count: number,
): void {
  const width = window.length;
  window.set(line.subarray(0, width));
  window.sort();
  for (let i = 0, at = offset; ; i++, at += stride) {
    ranked[at] = window[rank];
    if (i === count - 1) return;
    const leaving = line[i];
    const entering = line[i + width];
    let place = 0;
    while (place < width - 1 && window[place] !== leaving) place++;
    if (entering > leaving) {
      for (; place < width - 1 && window[place + 1] < entering; place++) window[place] = window[place + 1];
    } else {
      for (; place > 0 && window[place - 1] > entering; place--) window[place] = window[place - 1];
    }
    window[place] = entering;
  }
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastAlongTime } from '../../src/analysis/least-along-time.ts';
import { Random } from '../../src/dsp/random.ts';

/** The same by looking at every row of the window. */
function least(matrix: Float32Array, rows: number, columns: number, width: number): Float32Array {
  const at = (row: number, column: number) => matrix[Math.max(0, Math.min(rows - 1, row)) * columns + column];
  const mean = (row: number, column: number) =>
    (at(row - 1, column) + at(row, column) + at(row + 1, column)) / 3;
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let found = Infinity;
    for (let r = Math.max(0, row - (width >> 1)); r <= Math.min(rows - 1, row + (width >> 1)); r++) {
      found = Math.min(found, Math.fround(mean(r, column)));
    }
    return found;
  });
}

it('finds the least of any window, at the ends too, and of the rows wanted alone', () => {
  const size = fc.record({
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 4 }),
    half: fc.integer({ min: 1, max: 9 }),
    first: fc.nat(),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(size, ({ rows, columns, half, first, seed }) => {
      const random = new Random(seed);
      const matrix = Float32Array.from({ length: rows * columns }, () => random.uniform());
      const width = 2 * half + 1;
      const wanted = least(matrix, rows, columns, width);
      expect(leastAlongTime(matrix, rows, columns, width)).toEqual(wanted);
      const from = first % rows;
      const some = leastAlongTime(matrix, rows, columns, width, { first: from, last: rows - 1 });
      expect(some).toEqual(wanted.subarray(from * columns));
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { medianMasks } from '../../src/analysis/separation.ts';
import { Random } from '../../src/dsp/random.ts';

describe('medianMasks', () => {
  it('takes true medians, mirrored at the ends', () => {
    const [rows, columns, width] = [23, 19, 5];
    const random = new Random('matrix');
    const power = Float32Array.from({ length: rows * columns }, () => random.uniform());
    const mirror = (i: number, count: number) => (i < 0 ? -i : i >= count ? 2 * count - 2 - i : i);
    const median = (values: number[]) => values.sort((a, b) => a - b)[width >> 1];
    const { harmonic } = medianMasks(power, rows, columns, {
      timeWidth: width,
      frequencyWidth: width,
      margin: 1,
    });
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const around = [-2, -1, 0, 1, 2];
        const tone = median(around.map((d) => power[mirror(row + d, rows) * columns + column]));
        const hit = median(around.map((d) => power[row * columns + mirror(column + d, columns)]));
        expect(harmonic[row * columns + column]).toBeCloseTo(tone / (tone + hit), 5);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { harmonicMask } from '../../src/analysis/median-masks.ts';
import { Random } from '../../src/dsp/random.ts';

describe('harmonicMask', () => {
  it('takes true medians, mirrored at the ends', () => {
    const [rows, columns, width] = [23, 19, 5];
    const random = new Random('matrix');
    const power = Float32Array.from({ length: rows * columns }, () => random.uniform());
    const mirror = (i: number, count: number) => (i < 0 ? -i : i >= count ? 2 * count - 2 - i : i);
    const median = (values: number[]) => values.sort((a, b) => a - b)[width >> 1];
    const mask = harmonicMask(power, rows, columns, {
      timeWidth: width,
      frequencyWidth: width,
      margin: 1.5,
    });
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const around = [-2, -1, 0, 1, 2];
        const tone = median(around.map((d) => power[mirror(row + d, rows) * columns + column]));
        const hit = median(around.map((d) => power[row * columns + mirror(column + d, columns)]));
        expect(mask[row * columns + column]).toBeCloseTo(tone / (tone + 1.5 ** 2 * hit), 5);
      }
    }
  });

  it('leaves silence to nobody', () => {
    const shape = { timeWidth: 3, frequencyWidth: 3, margin: 1 };
    expect([...harmonicMask(new Float32Array(20), 4, 5, shape)]).toEqual(Array(20).fill(0));
  });
});

import { describe, expect, it } from 'vitest';
import { nthMagnitude, sortMagnitudes } from '../../src/dsp/sort.ts';
import { noise } from '../signals.ts';

describe('sortMagnitudes', () => {
  it('sorts as floats are sorted, from the least there is to infinity', () => {
    const values = Float32Array.from([...noise(1000).map(Math.abs), Infinity, 0, 1e-45, 3e38, 1, 0, 1e-38]);
    expect(sortMagnitudes(values.slice())).toEqual(values.slice().sort());
  });

  it('sorts a part of an array and leaves the rest', () => {
    const values = Float32Array.of(9, 3, 2, 1, 0.5);
    expect(sortMagnitudes(values.subarray(1, 4))).toEqual(Float32Array.of(1, 2, 3));
    expect(values).toEqual(Float32Array.of(9, 1, 2, 3, 0.5));
  });
});

describe('nthMagnitude', () => {
  it('is what sorting puts in that place, and changes nothing', () => {
    const values = Float32Array.from([
      ...noise(1000).map(Math.abs),
      Infinity,
      0,
      1e-45,
      3e38,
      1,
      1,
      1,
      0,
      1e-38,
    ]);
    const before = values.slice();
    const sorted = values.slice().sort();
    for (let n = 0; n < values.length; n += 7) expect(nthMagnitude(values, n)).toBe(sorted[n]);
    expect(nthMagnitude(values, values.length - 1)).toBe(Infinity);
    expect(values).toEqual(before);
  });

  it('is 0 of nothing', () => {
    expect(nthMagnitude(new Float32Array(0), 0)).toBe(0);
  });
});

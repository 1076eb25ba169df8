/** Sums by kernels against plain loops, on lengths that fill a block, a group of four, and neither. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import {
  ENERGY_GRAIN,
  PRODUCTS,
  runningEnergies,
  runningProducts,
  sampleSums,
  sumProducts,
} from '../../src/dsp/sums.ts';

const LENGTHS = [1, 3, 4, 31, 32, 33, 4095, 4096, 4097, 20_001];

function noise(length: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => 2 * random.uniform() - 1);
}

const energyOf = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0);

describe('sampleSums', () => {
  it.each(LENGTHS)('are those of the plain loop, %i samples', (length) => {
    const samples = noise(length, length);
    const { sum, energy, peak } = sampleSums(samples);
    expect(sum).toBeCloseTo(
      samples.reduce((total, x) => total + x, 0),
      9,
    );
    expect(energy).toBeCloseTo(energyOf(samples), 9);
    expect(peak).toBe(samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0));
  });

  it('are 0 of nothing, and no numbers where a sample is none', () => {
    expect(sampleSums(new Float32Array(0))).toEqual({ sum: 0, energy: 0, peak: 0 });
    for (const place of [0, 3, 5000, 8190]) {
      const samples = noise(8192, 1);
      samples[place] = Number.NaN;
      expect(sampleSums(samples).peak).toBeNaN();
    }
  });
});

describe('sumProducts', () => {
  it.each(LENGTHS)('are those of the plain loop, %i samples', (length) => {
    const [one, other] = [noise(length, 1), noise(length, 2)];
    const products = sumProducts(one, other);
    expect(products.both).toBeCloseTo(
      one.reduce((sum, x, n) => sum + x * other[n], 0),
      9,
    );
    expect(products.one).toBeCloseTo(energyOf(one), 9);
    expect(products.other).toBeCloseTo(energyOf(other), 9);
  });
});

describe('runningEnergies', () => {
  it.each(LENGTHS)('are those of the plain loop, %i samples', (length) => {
    const samples = noise(length, length);
    const { sums, peak } = runningEnergies(samples);
    expect(peak).toBe(samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0));
    expect(sums.length).toBe(Math.ceil(length / ENERGY_GRAIN) + 1);
    for (const [grain, energy] of sums.entries()) {
      expect(energy).toBeCloseTo(energyOf(samples.subarray(0, grain * ENERGY_GRAIN)), 9);
    }
  });
});

describe('runningProducts', () => {
  it.each([1, 5, 257, 600])('adds up one row after the other, %i rows', (rows) => {
    const edgeOf = (row: number) => Math.round(31.4 * row);
    const [left, right] = [noise(edgeOf(rows), 1), noise(edgeOf(rows), 2)];
    const both = runningProducts(left, right, rows, edgeOf);
    const alone = runningProducts(left, null, rows, edgeOf);
    expect(both.length).toBe(PRODUCTS * (rows + 1));
    for (let row = 1; row <= rows; row++) {
      const plain = sumProducts(left.subarray(0, edgeOf(row)), right.subarray(0, edgeOf(row)));
      const k = PRODUCTS * row;
      expect(both[k]).toBeCloseTo(plain.one, 9);
      expect(both[k + 1]).toBeCloseTo(plain.other, 9);
      expect(both[k + 2]).toBeCloseTo(plain.both, 9);
      expect([...alone.subarray(k, k + PRODUCTS)]).toEqual([both[k], 0, 0]);
    }
  });

  it('refuses rows that are longer than a block', () => {
    expect(() => runningProducts(noise(9000, 1), null, 1, (row) => 9000 * row)).toThrow('4096 samples');
  });
});

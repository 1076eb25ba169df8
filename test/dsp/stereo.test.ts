import { describe, expect, it } from 'vitest';
import { correlationOf, matchCorrelation, stereoCovariance } from '../../src/dsp/stereo.ts';
import { correlation, mixed, noise } from '../signals.ts';

describe('matchCorrelation', () => {
  const shared = noise(20_000, 1, 'shared');
  const left = mixed(shared, noise(20_000, 1, 'left'));
  const right = mixed(shared, noise(20_000, 0.7, 'right'));

  it.each([0.3, 0.5, 0.75])('widens or narrows to a correlation of %s', (wanted) => {
    const [l, r] = [left.slice(), right.slice()];
    matchCorrelation(l, r, wanted, 4);
    expect(correlation(l, r)).toBeCloseTo(wanted, 2);
    expect(correlationOf(stereoCovariance(l, r))).toBeCloseTo(wanted, 2);
  });

  it('goes no further than the limit', () => {
    const [l, r] = [left.slice(), right.slice()];
    matchCorrelation(l, r, -1, 1.1);
    expect(correlation(l, r)).toBeGreaterThan(correlation(left, right) - 0.1);
    expect(correlation(l, r)).toBeLessThan(correlation(left, right));
  });

  it('leaves silence alone', () => {
    const silent = new Float32Array(10);
    matchCorrelation(silent, silent.slice(), 0.5, 2);
    expect([...silent]).toEqual(new Array(10).fill(0));
    expect(correlationOf(stereoCovariance(silent, silent))).toBe(0);
  });
});

describe('stereoCovariance', () => {
  it.each([
    [0, -3],
    [10, 4],
    [25, 30],
  ])('is nothing from %i to %i of 20 samples', (start, end) => {
    const samples = noise(20, 1);
    expect(stereoCovariance(samples, samples, start, end)).toEqual({ left: 0, right: 0, both: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { evenLevel, smoothRing } from '../../src/dsp/riding.ts';
import { errorDb, rms, rotated, sine } from '../signals.ts';

describe('smoothRing', () => {
  it('is centred and keeps the mean', () => {
    const impulse = new Float32Array(50);
    impulse[2] = 1;
    const smoothed = smoothRing(impulse, 10);
    expect(smoothed.indexOf(Math.max(...smoothed))).toBe(2);
    expect(smoothed[49]).toBeCloseTo(smoothed[5], 6);
    expect(smoothed.reduce((sum, x) => sum + x)).toBeCloseTo(1, 5);
  });
});

describe('evenLevel', () => {
  const swelling = sine(440, 44_100).map((x, n) => x * (1 + 0.6 * Math.sin((2 * Math.PI * 2 * n) / 44_100)));

  it('evens what changes slowly and leaves the mean level', () => {
    const ring = [swelling.slice()];
    evenLevel(ring, { width: 4410, limitDb: 12, passes: 3 });
    for (let from = 0; from < 44_100; from += 2205) {
      expect(20 * Math.log10(rms(ring[0], from, from + 2205) / rms(ring[0]))).toBeCloseTo(0, 0.3);
    }
    expect(20 * Math.log10(rms(ring[0]) / rms(swelling))).toBeCloseTo(0, 0);
  });

  it('does not know where the ring begins', () => {
    const ring = [swelling.slice()];
    const turned = [rotated(swelling, 12_345)];
    const riding = { width: 4410, limitDb: 6, passes: 2 };
    evenLevel(ring, riding);
    evenLevel(turned, riding);
    expect(errorDb(turned[0], rotated(ring[0], 12_345))).toBeLessThan(-50);
  });

  it('keeps silence silent and the balance of channels', () => {
    const silent = [new Float32Array(1000)];
    evenLevel(silent, { width: 100, limitDb: 6, passes: 2 });
    expect(silent[0].every((x) => x === 0)).toBe(true);
    const pair = [swelling.slice(), swelling.map((x) => x / 4)];
    evenLevel(pair, { width: 4410, limitDb: 6, passes: 2 });
    expect(
      errorDb(
        pair[1].map((x) => x * 4),
        pair[0],
      ),
    ).toBeLessThan(-120);
  });
});

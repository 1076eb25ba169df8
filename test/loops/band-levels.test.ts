import { describe, expect, it } from 'vitest';
import { addBandPowers, bandLevels, bandNumbers, worstBandRatio } from '../../src/loops/band-levels.ts';
import { logMelFrames } from '../../src/loops/log-mel.ts';
import { mixed, RATE, sines } from '../signals.ts';

/** A low, a middle and a high tone; the high one is half as loud in the second second. */
const low = sines([200, 2000], 2 * RATE, 0.2);
const high = sines([8000], 2 * RATE, 0.2).map((sample, n) => (n < RATE ? sample : sample / 2));
const frames = logMelFrames([mixed(low, high)], RATE, { circular: false });
const levels = bandLevels(frames, RATE);

describe('bandLevels', () => {
  /** Mean powers of bass, presence and treble over frames [from, to). */
  const powers = (from: number, to: number) => {
    const found = bandNumbers();
    addBandPowers(levels, from, to, 1 / (to - from), found);
    return found;
  };
  const worstDb = (zone: ArrayLike<number>, body: ArrayLike<number>) =>
    10 * Math.log10(worstBandRatio(Float64Array.from(zone), Float64Array.from(body)));

  it('finds a treble that is softer, though the level as a whole hardly is', () => {
    const body = powers(10, 70);
    expect(worstDb(powers(100, 160), body)).toBeCloseTo(6.02, 1);
    expect(worstDb(body, powers(100, 160))).toBeCloseTo(6.02, 1);
    expect(worstDb(powers(10, 40), body)).toBeLessThan(0.1);
  });

  it('does not miss what is not heard: 50 dB under the rest', () => {
    expect(worstDb([1, 1, 1e-9], [1, 1, 1e-6])).toBe(0);
    expect(worstDb([1, 1, 0], [1, 1, 1])).toBeGreaterThan(40);
  });

  it('adds up what lies inside the sound only', () => {
    const found = bandNumbers();
    addBandPowers(levels, -50, 10, 1, found);
    addBandPowers(levels, 10, levels.count + 50, 1, found);
    for (const [band, power] of levels.sums.slice(-3).entries()) {
      expect(found[band] / power).toBeCloseTo(1, 12);
    }
  });
});

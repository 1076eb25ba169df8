import { describe, expect, it } from 'vitest';
import { bandLevels, worstBandDb } from '../../src/loops/band-levels.ts';
import { logMelFrames } from '../../src/loops/log-mel.ts';
import { mixed, RATE, sines } from '../signals.ts';

/** A low, a middle and a high tone; the high one is half as loud in the second second. */
const low = sines([200, 2000], 2 * RATE, 0.2);
const high = sines([8000], 2 * RATE, 0.2).map((sample, n) => (n < RATE ? sample : sample / 2));
const frames = logMelFrames([mixed(low, high)], RATE, { circular: false });
const { power } = bandLevels(frames, RATE);

describe('bandLevels', () => {
  it('finds a treble that is softer, though the level as a whole hardly is', () => {
    const body = (band: number) => power(band, 10, 70) / 60;
    const zone = (band: number) => power(band, 100, 160) / 60;
    expect(worstBandDb(zone, body)).toBeCloseTo(6.02, 1);
    expect(worstBandDb((band) => power(band, 10, 40) / 30, body)).toBeLessThan(0.1);
  });

  it('does not miss what is not heard: 50 dB under the rest', () => {
    const [loud, silent] = [
      [1, 1, 1e-6],
      [1, 1, 1e-9],
    ];
    expect(
      worstBandDb(
        (band) => silent[band],
        (band) => loud[band],
      ),
    ).toBe(0);
    expect(
      worstBandDb(
        (band) => [1, 1, 0][band],
        () => 1,
      ),
    ).toBeGreaterThan(40);
  });
});

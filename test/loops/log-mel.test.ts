import { describe, expect, it } from 'vitest';
import { addLaggedDistances, logMelFrames } from '../../src/loops/log-mel.ts';
import { noise, RATE } from '../signals.ts';

describe('addLaggedDistances', () => {
  const frames = logMelFrames([noise(RATE)], RATE, { circular: false });

  it.each([
    { first: 0, count: 1, lag: 0, lags: 1 },
    { first: 2, count: 64, lag: 3, lags: 4 },
    { first: 1, count: 70, lag: 10, lags: 20 },
  ])('adds the distance of each pair: $count from $first on, $lag later', ({ first, count, lag, lags }) => {
    const distances = Array.from({ length: lags }, () => new Float64Array(count + 1).fill(1));
    addLaggedDistances(frames, first, lag, distances);
    for (const [k, found] of distances.entries()) {
      expect(found[0]).toBe(1);
      for (let i = 0; i < count; i++) {
        // The sound has 86 frames: the last stands for those after it.
        const later = Math.min(frames.count - 1, first + i + lag + k);
        expect(found[i + 1]).toBeCloseTo(1 + frames.distance(first + i, later), 10);
      }
    }
  });
});

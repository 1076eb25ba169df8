import { describe, expect, it } from 'vitest';
import {
  addLaggedDistances,
  frameChanges,
  frameFluxes,
  levelDistance,
} from '../../src/loops/frame-distance.ts';
import { type LogMelFrames, logMelFrames } from '../../src/loops/log-mel.ts';
import { noise, RATE } from '../signals.ts';

function distance({ levels }: LogMelFrames, a: number, b: number): number {
  return levelDistance(levels.subarray(40 * a, 40 * (a + 1)), levels.subarray(40 * b, 40 * (b + 1)));
}

describe('frameFluxes', () => {
  it.each([0.02, 0.5, 1.5])('are the distances from frame to frame, going round, %d s', (seconds) => {
    const frames = logMelFrames([noise(seconds * RATE)], RATE, { circular: true });
    const fluxes = frameFluxes(frames);
    expect(fluxes).toHaveLength(frames.count);
    for (const [i, flux] of fluxes.entries()) {
      expect(flux).toBeCloseTo(distance(frames, i, (i + frames.count - 1) % frames.count), 6);
    }
  });
});

describe('frameChanges', () => {
  it.each([0.02, 0.5, 1.5])('are the distances from the frame two before, going round, %d s', (seconds) => {
    const frames = logMelFrames([noise(seconds * RATE)], RATE, { circular: true });
    for (const [i, change] of frameChanges(frames, 2).entries()) {
      expect(change).toBeCloseTo(distance(frames, i, (i + 2 * frames.count - 2) % frames.count), 6);
    }
  });
});

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
        expect(found[i + 1]).toBeCloseTo(1 + distance(frames, first + i, later), 10);
      }
    }
  });
});

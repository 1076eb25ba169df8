import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { lastingMoments } from '../../src/analysis/lasting-moments.ts';
import type { MomentLimits } from '../../src/analysis/moments.ts';
import { levelLimits, songLevelDb } from '../../src/analysis/song-level.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const OPEN: MomentLimits = {
  minStability: 0,
  minRmsDb: -Infinity,
  maxRmsDb: Infinity,
  maxOnsetRate: Infinity,
  maxFlatness: 1,
  maxCrest: Infinity,
  maxDcOffset: 1,
  allowClipping: true,
  mostClipped: 1,
  minCentroidHz: null,
  maxCentroidHz: null,
};

const analysisOf = (samples: Float32Array) => analyse(soundReader(mono(samples)));

/** Starts, s. */
async function startsIn(samples: Float32Array, limits: Partial<MomentLimits> = {}) {
  const request = { length: 2 * RATE, leadIn: 4410, hop: RATE / 2, limits: { ...OPEN, ...limits } };
  return lastingMoments(await analysisOf(samples), request).map(({ start }) => start / RATE);
}

/** Six seconds of struck notes all over the scale, and a chord of as long with hits over it. */
const melody = mixed(
  ...[57, 61, 64, 68, 71, 75].map((note, i) => plucks([i], 440 * 2 ** ((note - 69) / 12), 6 * RATE, 0.4)),
);
const hits = noise(6 * RATE, 0.3).map((x, n) => x * Math.exp(-(n % (RATE / 6)) / (0.02 * RATE)));
const held = mixed(chord([45, 52, 57, 61], 6 * RATE), hits);

describe('lastingMoments', () => {
  it('are where pitch classes hold under hits', async () => {
    const found = await startsIn(joined(melody, held));
    expect(found.some((start) => start > 6 && start < 10)).toBe(true);
    expect(found.every((start) => start > 3)).toBe(true);
  });

  it('leave out what is too quiet for its song, whatever holds there', async () => {
    const quiet = held.map((x) => 0.03 * x);
    const song = joined(quiet, held);
    const isQuiet = (start: number) => start < 3.5;
    expect((await startsIn(song)).some(isQuiet)).toBe(true);
    const limits = levelLimits(await analysisOf(song), { min_rms_db: null, max_rms_db: null });
    const loud = await startsIn(song, limits);
    expect(loud.length).toBeGreaterThan(0);
    expect(loud.some(isQuiet)).toBe(false);
  });
});

describe('levelLimits', () => {
  it('lie 24 dB under the song, or where a config states them in the level of the file', async () => {
    const analysis = { ...(await analysisOf(held)), gain: 2, ceiling: 1 };
    expect(levelLimits(analysis, { min_rms_db: null, max_rms_db: null })).toEqual({
      minRmsDb: songLevelDb(analysis) - 24,
      maxRmsDb: Infinity,
    });
    const stated = levelLimits(analysis, { min_rms_db: -40, max_rms_db: -10 });
    expect(stated.minRmsDb).toBeCloseTo(-40 + 6.02, 2);
    expect(stated.maxRmsDb).toBeCloseTo(-10 + 6.02, 2);
  });
});

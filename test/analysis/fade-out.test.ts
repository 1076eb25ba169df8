import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { fadeOutStart } from '../../src/analysis/fade-out.ts';
import { findMoments } from '../../src/analysis/moments.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, joined, mono, RATE } from '../signals.ts';

const held = (seconds: number) => chord([57, 60, 64], seconds * RATE);
const listen = (samples: Float32Array) => analyse(soundReader(mono(samples)));

/** Ten seconds of a chord, then a straight fade of it to silence. */
function fadingOut(fadeSec: number): Float32Array {
  const fade = held(fadeSec).map((sample, n) => sample * (1 - n / (fadeSec * RATE)));
  return joined(held(10), fade);
}

describe('fadeOutStart', () => {
  it.each([4, 8, 20])('finds where a fade of %i s begins, within a second and a half', async (fadeSec) => {
    const start = fadeOutStart(await listen(fadingOut(fadeSec))) / RATE;
    expect(start).toBeGreaterThan(9);
    expect(start).toBeLessThan(11.5);
  });

  it('finds none in a source that stops or goes on quietly', async () => {
    for (const samples of [
      held(8),
      joined(
        held(6),
        held(8).map((sample) => sample * 0.05),
      ),
    ]) {
      const analysis = await listen(samples);
      expect(fadeOutStart(analysis)).toBe(analysis.frameCount);
    }
  });

  it.each([0, 6])('hears a fade through %i s of silence after it', async (silenceSec) => {
    const start =
      fadeOutStart(await listen(joined(fadingOut(8), new Float32Array(silenceSec * RATE)))) / RATE;
    expect(start).toBeGreaterThan(9);
    expect(start).toBeLessThan(11.5);
  });

  it('takes no more than the last second of what stops before a silence', async () => {
    const start = fadeOutStart(await listen(joined(held(8), new Float32Array(6 * RATE)))) / RATE;
    expect(start).toBeGreaterThan(6.9);
  });

  it('bears sources shorter than a block, and silent ones', async () => {
    for (const frames of [1, 2000, 50_000]) {
      const analysis = await listen(new Float32Array(frames));
      expect(fadeOutStart(analysis)).toBe(analysis.frameCount);
    }
  });
});

describe('findMoments', () => {
  it('leaves a slow fade-out alone, though no window of it falls by 3 dB', async () => {
    const limits = {
      minStability: 0,
      minRmsDb: -60,
      maxRmsDb: 0,
      maxOnsetRate: 3,
      maxFlatness: 0.5,
      maxCrest: 10,
      maxDcOffset: 0.1,
      allowClipping: false,
      mostClipped: 1,
      minCentroidHz: null,
      maxCentroidHz: null,
    };
    const request = { length: 2 * RATE, leadIn: 4410, hop: RATE / 2, limits };
    const { moments } = findMoments(await listen(fadingOut(20)), request);
    const ends = moments.map(({ start, length }) => (start + length) / RATE);
    expect(Math.max(...ends)).toBeGreaterThan(7);
    expect(Math.max(...ends)).toBeLessThan(10.5);
  });
});

import { expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { momentQueue } from '../../src/analysis/diverse.ts';
import { lastingMoments } from '../../src/analysis/lasting-moments.ts';
import type { Moment, MomentLimits } from '../../src/analysis/moments.ts';
import { worthOfPassages } from '../../src/analysis/passage-worth.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, mixed, mono, noise, RATE } from '../signals.ts';

/** Windows half a second apart, of such worth, all of another colour. */
function windows(worths: readonly number[]): Moment[] {
  return worths.map((worth, i) => ({
    start: (i * RATE) / 2,
    length: RATE,
    score: worth,
    worth,
    clips: false,
    isEventful: false,
    embedding: Float32Array.of(i % 7, i % 5),
  }));
}

it('a passage that holds is worth more than a window that happens to be the best', () => {
  const worths = [0.5, 0.5, 0.5, 0.9, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8, 0.8, 0.8, 0.5];
  expect(momentQueue(worthOfPassages(windows(worths), RATE)).next()?.start).toBe(4.5 * RATE);
  const even = worthOfPassages(windows([0.6, 0.6, 0.6]), RATE);
  for (const { worth } of even) expect(worth).toBeCloseTo(0.6, 9);
});

it('the worth of what lasts is hardly moved by a level that moves', async () => {
  const frames = 8 * RATE;
  const music = mixed(chord([45, 52, 57, 61], frames), noise(frames, 0.01));
  const swelling = music.map((x, n) => x * 10 ** ((2.5 * Math.sin((2 * Math.PI * n) / (8 * RATE))) / 20));
  const worths = await Promise.all(
    [music, swelling].map(async (samples) => {
      const limits = { minRmsDb: -Infinity } as MomentLimits;
      const request = { length: 2 * RATE, leadIn: 4410, hop: RATE / 2, limits };
      return lastingMoments(await analyse(soundReader(mono(samples))), request).map(({ worth }) => worth);
    }),
  );
  expect(worths[0].length).toBeGreaterThan(8);
  for (const [i, worth] of worths[0].entries()) expect(Math.abs(worth - worths[1][i])).toBeLessThan(0.02);
});

import { describe, expect, it } from 'vitest';
import { addBandPowers, bandNumbers, worstBandRatio } from '../../src/loops/band-levels.ts';
import { measureSurroundings } from '../../src/loops/crossfade-candidates.ts';
import { withPredictions } from '../../src/loops/predict-crossfades.ts';
import { noise, RATE } from '../signals.ts';

/** Two sides that sway, each by itself. */
const swaying = (seed: string, hz: number) =>
  noise(2 * RATE, 0.3, seed).map((x, n) => x * (1.2 + Math.sin((2 * Math.PI * hz * n) / RATE)));
const sound = { sampleRate: RATE, channels: [swaying('left', 1.1), swaying('right', 0.7)] };
const surroundings = measureSurroundings(sound);
const { energies, bands, frames } = surroundings;
const HOP = frames[0].hop;
const [SHORTEST, LENGTHS, FADE, START] = [40_000, 5, 6000, 20];
const request = { shortest: SHORTEST, lengths: LENGTHS, fade: FADE };
const ratio = (a: number, b: number) => Math.max(a / b, b / a);

describe('withPredictions', () => {
  it('tells the level of the worse channel, in the middle of a fade or over all of it', () => {
    const found = withPredictions(surroundings, request, ({ levels }) => levels(START * HOP).slice());
    const window = Math.round(0.03 * RATE);
    for (let k = 0; k < LENGTHS; k++) {
      const [start, end] = [START * HOP, START * HOP + SHORTEST + k * HOP];
      const ratios = sound.channels.flatMap((_, c) => {
        const body = energies.meanSquare(c, start, end - start - FADE);
        const meanOf = (back: number, count: number) =>
          (energies.meanSquare(c, start - back, count) + energies.meanSquare(c, end - back, count)) / 2;
        return [ratio(meanOf((FADE >> 1) + (window >> 1), window), body), ratio(meanOf(FADE, FADE), body)];
      });
      expect(found[k]).toBeCloseTo(Math.max(...ratios), 9);
    }
  });

  it('tells the band whose level is furthest off', () => {
    const found = withPredictions(surroundings, request, ({ colours }) => colours(START).slice());
    const fade = Math.ceil(FADE / HOP);
    for (let k = 0; k < LENGTHS; k++) {
      const end = Math.round((START * HOP + SHORTEST + k * HOP) / HOP);
      const ratios = bands.map((levels) => {
        const [blended, body] = [bandNumbers(), bandNumbers()];
        for (const at of [START, end]) addBandPowers(levels, at - fade, at, 1 / (2 * fade), blended);
        addBandPowers(levels, START, end - fade, 1 / (end - fade - START), body);
        return worstBandRatio(blended, body);
      });
      expect(found[k]).toBeCloseTo(Math.max(...ratios), 9);
    }
  });
});

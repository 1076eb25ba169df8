import { expect, it } from 'vitest';
import { alignedStart } from '../../src/families/clouds/align.ts';
import { RATE, sine } from '../signals.ts';

const source = { start: 1000, sound: { sampleRate: RATE, channels: [sine(220, 3 * RATE, 0.2)] } };
const grain = { place: 500, length: 20_000, stretch: 0, semitones: 0, gain: 1, pan: 0, amplitude: 1 };
/** A ring on which the source plays from one of its samples on, a third of a period off from where grains are drawn. */
const ring = source.sound.channels[0].slice(10_067, 10_067 + 40_000);

it('begins where the grain swings with what sounds', () => {
  const drawn = 1000 + 30_000;
  const start = alignedStart({ ...grain, start: drawn }, source, [ring]);
  expect(Math.abs(start - drawn)).toBeLessThanOrEqual(0.0505 * RATE);
  const [read, sounding] = [start - 1000, 10_067 + 500];
  const periods = ((read - sounding) * 220) / RATE;
  expect(Math.abs(periods - Math.round(periods))).toBeLessThan(0.04);
});

it('stays within the source, and where it was drawn on an empty ring', () => {
  const last = 1000 + 3 * RATE - 20_000;
  expect(alignedStart({ ...grain, start: last }, source, [ring])).toBeLessThanOrEqual(last);
  expect(alignedStart({ ...grain, start: 1000 }, source, [ring])).toBeGreaterThanOrEqual(1000);
  expect(alignedStart({ ...grain, start: 31_000 }, source, [new Float32Array(40_000)])).toBe(31_000);
});

it('moves a short grain by no more than an eighth of itself', () => {
  const drawn = 1000 + 30_000;
  const start = alignedStart({ ...grain, length: 1200, start: drawn }, source, [ring]);
  expect(start).not.toBe(drawn);
  expect(Math.abs(start - drawn)).toBeLessThanOrEqual(150);
});

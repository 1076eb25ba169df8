import { expect, it } from 'vitest';
import { measureSurroundings } from '../../src/loops/crossfade-candidates.ts';
import { foreseenLandmark } from '../../src/loops/foreseen-landmark.ts';
import { LANDMARK_LIMITS, landmarkSeverity } from '../../src/loops/landmark.ts';
import { chord, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const FRAMES = 3 * RATE;
const held = mixed(chord([45, 57, 60, 64], FRAMES), noise(FRAMES, 0.002));
const struckAt = (...seconds: number[]) =>
  measureSurroundings(mono(mixed(held, plucks(seconds, 880, FRAMES, 0.25))));
/** From 1 s to 2 s, which every loop holds. */
const severity = (...seconds: number[]) =>
  landmarkSeverity(foreseenLandmark(struckAt(...seconds), RATE, 2 * RATE), LANDMARK_LIMITS);

it('foresees the note that every loop would hold, and none that a loop can leave out', () => {
  expect(severity(1.5)).toBeGreaterThan(1.2);
  expect(severity(0.5)).toBeLessThan(1);
  expect(severity(2.5)).toBeLessThan(1);
});

it('foresees none in silence, nor where nothing is struck', () => {
  const silent = measureSurroundings(mono(new Float32Array(FRAMES)));
  expect(foreseenLandmark(silent, RATE, 2 * RATE)).toEqual({ times: 0, db: 0 });
  expect(severity()).toBeLessThan(1);
});

it('takes no beat of a pulse for an event', () => {
  const pulsing = measureSurroundings(
    mono(held.map((x, n) => x * (0.3 + 0.7 * Math.abs(Math.sin((4 * Math.PI * n) / RATE))))),
  );
  expect(pulsing.pulse).not.toBeNull();
  expect(foreseenLandmark(pulsing, RATE, 2 * RATE).times).toBe(0);
});

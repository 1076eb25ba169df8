import { expect, it } from 'vitest';
import { bandMovements, evenBands } from '../../src/dsp/band-riding.ts';
import type { BandLevels } from '../../src/dsp/ring-frames.ts';
import { errorDb, mixed, noise, RATE, rms, sine } from '../signals.ts';

const FRAMES = 4 * RATE;
const SPEEDS = { fastSec: 0.12, slowSec: 2 };
const RIDING = { ...SPEEDS, limitDb: 6 };
const STILL = new Float32Array(32);
const ANY = new Float32Array(32).fill(Number.POSITIVE_INFINITY);

/** A tone that swells and fades three times a second, by 9 dB; whole cycles of both. */
const beating = sine(400, FRAMES, 0.2).map((x, n) => x * (1 + 0.48 * Math.cos((2 * Math.PI * 3 * n) / RATE)));

/** From the quietest to the loudest 50 ms, dB. */
function range(ring: Float32Array): number {
  const levels = Array.from({ length: 80 }, (_, i) => rms(ring, i * 2205, (i + 1) * 2205));
  return 20 * Math.log10(Math.max(...levels) / Math.min(...levels));
}

it('evens a band that beats, and leaves the one beside it', () => {
  const steady = sine(3000, FRAMES, 0.1);
  const ring = mixed(beating, steady);
  evenBands([ring], RATE, STILL, RIDING);
  expect(range(mixed(beating, steady))).toBeGreaterThan(6);
  expect(range(ring)).toBeLessThan(3);
});

it('does nothing where as much movement is wanted', () => {
  const ring = beating.slice();
  evenBands([ring], RATE, bandMovements([beating], RATE, SPEEDS), RIDING);
  expect(ring).toEqual(beating);
});

it('recolours by what is asked for once the levels are known, and changes nothing else', () => {
  const [low, high] = [sine(250, FRAMES, 0.1), sine(4000, FRAMES, 0.1)];
  const ring = mixed(low, high);
  const heard: number[] = [];
  const recolour = ({ centresHz, levelsDb }: BandLevels) => {
    for (const hertz of [250, 1000]) heard.push(levelsDb[centresHz.findIndex((centre) => centre > hertz)]);
    return Float32Array.from(centresHz, (hertz) => -3 * Math.log2(hertz / 500));
  };
  evenBands([ring], RATE, ANY, { ...RIDING, recolour });
  const expected = mixed(
    low.map((x) => x * 10 ** (3 / 20)),
    high.map((x) => x * 10 ** (-9 / 20)),
  );
  expect(errorDb(ring, expected)).toBeLessThan(-26);
  expect(heard[0] - heard[1]).toBeGreaterThan(30);
});

it('gives both channels one gain', () => {
  const [left, right] = [beating.slice(), beating.map((x) => 0.5 * x)];
  evenBands([left, right], RATE, STILL, RIDING);
  expect(
    errorDb(
      right,
      left.map((x) => 0.5 * x),
    ),
  ).toBeLessThan(-100);
});

it('leaves alone what is shorter than its frames', () => {
  const short = noise(2000);
  const ring = short.slice();
  evenBands([ring], RATE, STILL, RIDING);
  expect(ring).toEqual(short);
});

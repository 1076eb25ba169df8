import { expect, it } from 'vitest';
import { type BandMovement, measureBands, rideBands } from '../../src/dsp/band-riding.ts';
import { evenLevel } from '../../src/dsp/riding.ts';
import type { BandLevels } from '../../src/dsp/ring-frames.ts';
import { errorDb, mixed, noise, RATE, rms, sine } from '../signals.ts';

const FRAMES = 4 * RATE;
const SPEEDS = { fastSec: 0.12, slowSec: 2 };
const RIDING = { ...SPEEDS, limitDb: 12, begins: 0 };
const STILL: BandMovement = Array.from({ length: 32 }, () => new Float32Array(16).fill(1));

/** A tone that swells and fades so often a second, by 9 dB; whole cycles of both. */
const beating = (cycles: number) =>
  sine(400, FRAMES, 0.2).map((x, n) => x * (1 + 0.48 * Math.cos((2 * Math.PI * cycles * n) / RATE)));

/** Levels of pieces of 50 ms, dB. */
const levelsOf = (ring: Float32Array) =>
  Array.from({ length: 80 }, (_, i) => 20 * Math.log10(rms(ring, i * 2205, (i + 1) * 2205)));

/** From the quietest to the loudest 50 ms, dB. */
const range = (ring: Float32Array) => Math.max(...levelsOf(ring)) - Math.min(...levelsOf(ring));

it('evens a band that beats where what it is like does not, and leaves the one beside it', () => {
  const steady = sine(3000, FRAMES, 0.1);
  const ring = mixed(beating(3), steady);
  rideBands([ring], RATE, STILL, true, RIDING);
  expect(range(mixed(beating(3), steady))).toBeGreaterThan(6);
  expect(range(ring)).toBeLessThan(3);
});

it('lets a still band move as another sound does, in step with it', () => {
  const model = beating(3);
  const ring = sine(400, FRAMES, 0.05);
  rideBands([ring], RATE, measureBands([[model]], RATE, SPEEDS).movement, true, RIDING);
  const wanted = levelsOf(model);
  const found = levelsOf(ring);
  const apart = found.map((level, i) => level - wanted[i] - (found[0] - wanted[0]));
  expect(range(ring)).toBeGreaterThan(4.5);
  // Half-overlapping frames of 46 ms blur a movement of 9 dB three times a second to 6.3: 2.6 dB off where it is furthest.
  expect(Math.max(...apart.slice(4, -8).map(Math.abs))).toBeLessThan(2.6);
});

it('goes through a shorter movement again, and through parts one behind the other', () => {
  const half = beating(3).subarray(0, FRAMES / 2);
  const [once, twice] = [[half], [half, half]].map(
    (parts) =>
      measureBands(
        parts.map((part) => [part]),
        RATE,
        SPEEDS,
      ).movement,
  );
  expect(twice[5]).toEqual(Float32Array.of(...once[5], ...once[5]));
  const [one, other] = [sine(400, FRAMES, 0.05), sine(400, FRAMES, 0.05)];
  rideBands([one], RATE, once, true, RIDING);
  rideBands([other], RATE, twice, true, RIDING);
  expect(one).toEqual(other);
});

it('tells a course without what would swell, which a level follows', () => {
  const ring = sine(400, FRAMES, 0.05);
  const slow = measureBands([[mixed(beating(0.5), noise(FRAMES, 1e-4, 'floor'))]], RATE, SPEEDS).movement;
  const course = rideBands([ring], RATE, slow, false, RIDING);
  expect(10 * Math.log10(Math.max(...course) / Math.min(...course))).toBeLessThan(1);
  const fast = rideBands([ring], RATE, measureBands([[beating(3)]], RATE, SPEEDS).movement, false, RIDING);
  expect(range(ring)).toBeLessThan(0.5);
  evenLevel([ring], { width: 0.1 * RATE, limitDb: 6, passes: 4, course: fast });
  expect(range(ring)).toBeGreaterThan(4);
});

it('recolours by what is asked for once the levels are known, and changes nothing else', () => {
  const [low, high] = [sine(250, FRAMES, 0.1), sine(4000, FRAMES, 0.1)];
  const ring = mixed(low, high);
  const heard: number[] = [];
  const recolour = ({ centresHz, levelsDb }: BandLevels) => {
    for (const hertz of [250, 1000]) heard.push(levelsDb[centresHz.findIndex((centre) => centre > hertz)]);
    return Float32Array.from(centresHz, (hertz) => -3 * Math.log2(hertz / 500));
  };
  rideBands([ring], RATE, STILL, false, { ...RIDING, recolour });
  const expected = mixed(
    low.map((x) => x * 10 ** (3 / 20)),
    high.map((x) => x * 10 ** (-9 / 20)),
  );
  expect(errorDb(ring, expected)).toBeLessThan(-26);
  expect(heard[0] - heard[1]).toBeGreaterThan(30);
});

it('gives both channels one gain', () => {
  const [left, right] = [beating(3), beating(3).map((x) => 0.5 * x)];
  rideBands([left, right], RATE, STILL, true, RIDING);
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
  rideBands([ring], RATE, STILL, true, RIDING);
  expect(ring).toEqual(short);
});

it('takes no fade for movement: neither how a sound begins nor how it ends', () => {
  const fade = RATE / 2;
  const steady = noise(FRAMES, 0.2, 'steady');
  const faded = steady.map((x, n) => x * Math.min(1, n / fade, (FRAMES - n) / fade));
  const [of, and] = [steady, faded].map((sound) => measureBands([[sound]], RATE, SPEEDS).movement);
  // All bands go down by 10 dB and more in the last frames of what is not cut off.
  const lowest = (movement: BandMovement) =>
    Math.min(...movement[0].map((_, i) => movement.reduce((sum, band) => sum + Math.log(band[i]), 0) / 32));
  expect(lowest(of)).toBeGreaterThan(-0.46);
  expect(lowest(and)).toBeGreaterThan(-0.7);
  expect(and[0].length).toBeGreaterThan(0.75 * of[0].length);
  expect(and[0].length).toBeLessThan(of[0].length);
});

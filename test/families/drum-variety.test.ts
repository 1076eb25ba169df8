import { expect, it } from 'vitest';
import { hitPlace, mostDifferent } from '../../src/families/drums/variety.ts';
import { mono } from '../signals.ts';
import { hat, kick, snare } from './drumming.ts';

const at = (...places: number[]) => places.map((place) => Float32Array.of(place));

it('takes what lies furthest from all that is taken, begun with the first', () => {
  expect(mostDifferent(at(0, 1, 10, 4, 9), 4)).toEqual([0, 2, 3, 1]);
  expect(mostDifferent(at(3, 3, 3), 2)).toEqual([0, 1]);
  expect(mostDifferent(at(5), 3)).toEqual([0]);
  expect(mostDifferent([], 3)).toEqual([]);
});

it('places hits by their sound: drums lie apart, softer and louder together', () => {
  const placeOf = (samples: Float32Array) => hitPlace(mono(samples), 0.3);
  const between = (one: Float32Array, other: Float32Array) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return Math.hypot(...a.map((value, d) => value - b[d]));
  };
  expect(between(snare('a'), snare('b'))).toBeLessThan(6);
  expect(
    between(
      kick(),
      kick().map((value) => 0.1 * value),
    ),
  ).toBeLessThan(1);
  for (const [one, other] of [
    [kick(), snare()],
    [kick(), hat()],
    [snare(), hat()],
  ]) {
    expect(between(one, other)).toBeGreaterThan(20);
  }
  // Shorter than what is heard of a hit, and silent: still a place.
  expect(placeOf(new Float32Array(100)).every(Number.isFinite)).toBe(true);
});

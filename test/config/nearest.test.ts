import { expect, it } from 'vitest';
import { editDistance, nearestName } from '../../src/config/nearest.ts';

it.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['lenght', 'length', 1],
  ['ab', 'ba', 1],
  ['clods', 'clouds', 1],
])('%j is %j after %i steps', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
  expect(editDistance(to, from)).toBe(distance);
});

it('finds the nearest name, or none', () => {
  expect(nearestName('Hissing', ['hiss', 'clouds', 'drones'])).toBeNull();
  expect(nearestName('HISS', ['clouds', 'hiss'])).toBe('hiss');
  expect(nearestName('dron', ['dust', 'drones'])).toBe('drones');
  expect(nearestName('x'.repeat(1_000_000), ['hiss'])).toBeNull();
});

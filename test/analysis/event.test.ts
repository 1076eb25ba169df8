/** Events foreseen from the onset strength of an analysis. */
import { expect, it } from 'vitest';
import { eventOf } from '../../src/analysis/event.ts';

const HOP = 512;
/** Strengths of a held tone, and what stands out in it. */
function strengths(level: number, ...events: readonly [cell: number, db: number][]) {
  const onsetStrength = Float32Array.from({ length: 400 }, (_, i) => level * (1 + 0.3 * Math.sin(i)));
  for (const [cell, db] of events) onsetStrength[cell] = db;
  return { onsetStrength, hop: HOP };
}

it('finds an event in the stretch that holds it, and in no other', () => {
  const isEventful = eventOf(strengths(0.1, [250, 3]));
  expect(isEventful(200 * HOP, 100 * HOP)).toBe(true);
  expect(isEventful(0, 200 * HOP)).toBe(false);
  expect(isEventful(260 * HOP, 140 * HOP)).toBe(false);
});

it('finds none in what changes all the time, or hardly at all', () => {
  expect(eventOf(strengths(1, [250, 5]))(200 * HOP, 100 * HOP)).toBe(false);
  expect(eventOf(strengths(0.01, [250, 1.2]))(200 * HOP, 100 * HOP)).toBe(false);
  expect(eventOf(strengths(0))(0, 100 * HOP)).toBe(false);
});

it('finds none among the beats of a pulse', () => {
  const beats = strengths(0.1, [225, 3], [275, 3]);
  expect(eventOf(beats)(200 * HOP, 100 * HOP)).toBe(true);
  const pulse = { hz: 1.7, levelSpreadDb: 1, slopeDb: 0, colourSpreadDb: 1 };
  expect(eventOf(beats, () => pulse)(200 * HOP, 100 * HOP)).toBe(false);
});

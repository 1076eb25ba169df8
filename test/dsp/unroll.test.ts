import { expect, it } from 'vitest';
import { unroll, unrolled } from '../../src/dsp/unroll.ts';

const RING = Float32Array.of(1, 2, 3);

it('reads a ring on and on, from before its beginning and from behind its end', () => {
  expect([...unrolled(RING, -4, 8)]).toEqual([3, 1, 2, 3, 1, 2, 3, 1]);
  expect([...unrolled(RING, 7, 4)]).toEqual([2, 3, 1, 2]);
  expect([...unrolled(RING, -1, 1)]).toEqual([3]);
});

it('fills the array that it is given, and leaves it where the ring is empty', () => {
  const room = Float32Array.of(9, 9);
  expect(unroll(new Float32Array(0), 1, room)).toBe(room);
  expect([...room]).toEqual([9, 9]);
  expect([...unroll(RING, 0, room)]).toEqual([1, 2]);
});

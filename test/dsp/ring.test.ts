import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToRing, normaliseOverlap, type Shape, tremoloRing, wholeCycles } from '../../src/dsp/ring.ts';
import { kernelFloats } from '../kernel-arrays.ts';
import { errorDb, noise, rms, rotated, sine } from '../signals.ts';

function add(ring: Float32Array, grain: Float32Array, at: number, shape?: Shape): void {
  addToRing(ring, at, kernelFloats(grain), grain.length, shape);
}

describe('addToRing', () => {
  it('goes on at the start, however often the grain goes round', () => {
    const ring = new Float32Array(4);
    add(ring, Float32Array.of(1, 2, 3, 4, 5, 6), 3);
    // Places 3 0 1 2 3 0.
    expect([...ring]).toEqual([2 + 6, 3, 4, 1 + 5]);
  });

  it('adds under a window, with a gain', () => {
    const ring = new Float32Array(4).fill(1);
    const window = kernelFloats([1, 0, 2, 1, 3, 0]);
    add(ring, Float32Array.of(1, 2, 3, 4, 5, 6), 3, { window, gain: 2 });
    expect([...ring]).toEqual([1, 1 + 2 * 6, 1 + 2 * 4, 1 + 2 * (1 + 15)]);
  });

  it('forgets where the ring begins: a grain placed later is the ring rotated', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(),
        (size, length, at) => {
          const grain = noise(length);
          const here = new Float32Array(size);
          const there = new Float32Array(size);
          add(here, grain, 0);
          add(there, grain, at % size);
          expect(errorDb(rotated(there, at % size), here)).toBeLessThan(-120);
        },
      ),
    );
  });
});

describe('normaliseOverlap', () => {
  it('gives independent grains constant power', () => {
    const frames = 40_000;
    const ring = [new Float32Array(frames)];
    const weight = new Float32Array(frames);
    const envelope = sine(1, 1000, 1, 2000);
    const squared = envelope.map((x) => x * x);
    // Uneven places: some samples lie under two grains, some under six.
    for (let i = 0; i < 160; i++) {
      const grain = noise(1000, 1, i).map((x, n) => x * envelope[n]);
      const place = i * 250 + (i % 7) * 60;
      add(ring[0], grain, place % frames);
      add(weight, squared, place % frames);
    }
    normaliseOverlap(ring, weight);
    for (let from = 0; from < frames; from += 4000) {
      expect(20 * Math.log10(rms(ring[0], from, from + 4000) * Math.sqrt(3))).toBeCloseTo(0, 0.3);
    }
  });
});

describe('tremolo', () => {
  it('makes whole cycles, at least one, and none at rate 0', () => {
    expect(wholeCycles(3, 66_150, 44_100)).toBe(5);
    expect(wholeCycles(0.1, 66_150, 44_100)).toBe(1);
    expect(wholeCycles(0, 66_150, 44_100)).toBe(0);
  });

  it('goes from full level to 1 - depth and closes', () => {
    const ring = [new Float32Array(1000).fill(1)];
    tremoloRing(ring, 4, 0.6, 0);
    expect(Math.max(...ring[0])).toBeCloseTo(1, 4);
    expect(Math.min(...ring[0])).toBeCloseTo(0.4, 4);
    expect(errorDb(rotated(ring[0], 250), ring[0])).toBeLessThan(-100);
  });
});

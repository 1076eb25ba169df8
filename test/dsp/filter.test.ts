import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  butterworthBandPass,
  butterworthHighPass,
  butterworthLowPass,
  type Section,
} from '../../src/dsp/butterworth.ts';
import { filter, filterCircular, filterZeroPhase, filterZeroPhaseByEach } from '../../src/dsp/filter.ts';
import { decibels, errorDb, noise, RATE, rotated, sine, toneAndRest } from '../signals.ts';

/** |H| at a frequency, dB, from the coefficients. */
function magnitudeDb(sections: readonly Section[], frequency: number, rate = RATE): number {
  const w = (2 * Math.PI * frequency) / rate;
  const size = (c0: number, c1: number, c2: number) =>
    Math.sqrt(
      (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2,
    );
  const gain = sections.reduce(
    (product, { b0, b1, b2, a1, a2 }) => (product * size(b0, b1, b2)) / size(1, a1, a2),
    1,
  );
  return decibels(gain);
}

describe('butterworth', () => {
  const orders = [1, 2, 3, 4, 5, 8, 11];

  it.each(orders)(
    'order %i is 3.01 dB down at the cutoff and follows 1/√(1+x^2n) in the warped frequency',
    (order) => {
      const warp = (frequency: number) => Math.tan((Math.PI * frequency) / RATE);
      for (const cutoff of [60, 1500, 6000, 15000]) {
        const low = butterworthLowPass(order, cutoff, RATE);
        const high = butterworthHighPass(order, cutoff, RATE);
        expect(low).toHaveLength(Math.ceil(order / 2));
        for (const frequency of [20, cutoff / 2, cutoff, Math.min(2 * cutoff, 20000)]) {
          const ratio = warp(frequency) / warp(cutoff);
          expect(magnitudeDb(low, frequency)).toBeCloseTo(-10 * Math.log10(1 + ratio ** (2 * order)), 4);
          expect(magnitudeDb(high, frequency)).toBeCloseTo(-10 * Math.log10(1 + ratio ** (-2 * order)), 4);
        }
      }
    },
  );

  it.each(orders)('order %i passes a band with 3.01 dB edges, wide or narrow', (order) => {
    const warp = (frequency: number) => Math.tan((Math.PI * frequency) / RATE);
    for (const [lowEdge, highEdge] of [
      [4000, 14000],
      [100, 12000],
      [440, 480],
    ]) {
      const band = butterworthBandPass(order, lowEdge, highEdge, RATE);
      for (const frequency of [
        lowEdge / 2,
        lowEdge,
        Math.sqrt(lowEdge * highEdge),
        highEdge,
        highEdge * 1.2,
      ]) {
        const w = warp(frequency);
        const ratio = (w * w - warp(lowEdge) * warp(highEdge)) / (w * (warp(highEdge) - warp(lowEdge)));
        expect(magnitudeDb(band, frequency)).toBeCloseTo(-10 * Math.log10(1 + ratio ** (2 * order)), 3);
      }
    }
  });

  it('is stable and finite for any cutoff, order and rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: -100, max: 1e6, noNaN: true }),
        fc.double({ min: -100, max: 1e6, noNaN: true }),
        fc.constantFrom(8000, 44100, 192000),
        (order, first, second, rate) => {
          for (const sections of [
            butterworthLowPass(order, first, rate),
            butterworthHighPass(order, first, rate),
            butterworthBandPass(order, first, second, rate),
          ]) {
            for (const { a1, a2 } of sections) {
              // Inside the stability triangle of a second-order section.
              expect(Math.abs(a2)).toBeLessThan(1);
              expect(Math.abs(a1)).toBeLessThan(1 + a2);
            }
          }
        },
      ),
    );
  });

  it('keeps a band where the rate is too low for the one wanted', () => {
    const band = butterworthBandPass(4, 4000, 14000, 8000);
    expect(magnitudeDb(band, 3500, 8000)).toBeGreaterThan(-1);
    expect(magnitudeDb(band, 1500, 8000)).toBeLessThan(-30);
  });

  it('refuses an order below 1', () => {
    expect(() => butterworthLowPass(0, 1000, RATE)).toThrow(RangeError);
    expect(() => butterworthHighPass(2.5, 1000, RATE)).toThrow(RangeError);
  });
});

describe('filter', () => {
  it('has the magnitude of its sections once settled', () => {
    const sections = butterworthLowPass(4, 3000, RATE);
    for (const frequency of [500, 3000, 6000]) {
      const output = filter([sine(frequency, 8000)], sections)[0].subarray(2000);
      expect(toneAndRest(output, frequency).toneDb).toBeCloseTo(magnitudeDb(sections, frequency), 3);
    }
  });

  it('answers an impulse only after it', () => {
    const output = filter([impulse(500, 100)], butterworthHighPass(4, 3000, RATE))[0];
    expect(output.subarray(0, 100).every((y) => y === 0)).toBe(true);
    expect(output[100]).not.toBe(0);
  });
});

describe('filterZeroPhase', () => {
  it('attenuates twice and shifts nothing', () => {
    const sections = butterworthLowPass(4, 3000, RATE);
    for (const frequency of [500, 3000, 6000]) {
      const input = sine(frequency, 8000);
      const output = filterZeroPhase([input], sections)[0];
      const gain = 10 ** ((2 * magnitudeDb(sections, frequency)) / 20);
      const wanted = input.map((x) => x * gain);
      expect(errorDb(output.subarray(1000, 7000), wanted.subarray(1000, 7000))).toBeLessThan(-100);
    }
  });

  it('holds a constant and a straight line to the ends', () => {
    const sections = butterworthLowPass(4, 1500, RATE);
    const line = Float32Array.from({ length: 2000 }, (_, n) => 0.3 + n / 4000);
    expect(errorDb(filterZeroPhase([line], sections)[0], line)).toBeLessThan(-100);
    expect(filterZeroPhase([new Float32Array(1).fill(0.5)], sections)[0][0]).toBeCloseTo(0.5, 6);
    expect(filterZeroPhase([new Float32Array(0)], sections)[0]).toHaveLength(0);
  });
});

describe('filterZeroPhaseByEach', () => {
  it.each([0, 1, 300, 1024, 5003])('gives what each of two filters gives by itself, %i frames', (length) => {
    const edges = [800, 4000].map((edge) => butterworthLowPass(2, edge, RATE)) as [Section[], Section[]];
    for (const names of [['left'], ['left', 'right', 'middle']]) {
      const channels = names.map((name) => noise(length, 0.5, name));
      const alone = edges.map((sections) => filterZeroPhase(channels, sections));
      expect(filterZeroPhaseByEach(channels, [edges[0][0], edges[1][0]])).toEqual(alone);
    }
  });
});

describe.each([
  ['filterZeroPhase', filterZeroPhase],
  ['filterCircular', filterCircular],
])('%s', (_, filterBoth) => {
  it.each([1, 2, 50, 1024, 5003])('takes several channels as it takes each, %i frames', (length) => {
    const sections = butterworthLowPass(3, 900, RATE);
    const channels = [1, 2, 3].map((seed) => noise(length, 1, seed));
    expect(filterBoth(channels, sections)).toEqual(
      channels.map((channel) => filterBoth([channel], sections)[0]),
    );
  });
});

describe('filterCircular', () => {
  const cascades = {
    warm: butterworthLowPass(4, 3000, RATE),
    airy: butterworthHighPass(4, 6000, RATE),
    dark: butterworthLowPass(5, 1500, RATE),
    hiss: butterworthBandPass(4, 4000, 14000, RATE),
    slow: butterworthHighPass(2, 20, RATE),
  };

  it('turns with the ring, to -120 dB, at any length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(cascades)),
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(3000),
        (sections, length, turn) => {
          const ring = noise(length, 1, length);
          const turned = filterCircular([rotated(ring, turn)], sections)[0];
          const wanted = rotated(filterCircular([ring], sections)[0], turn);
          const worst = turned.reduce((max, y, n) => Math.max(max, Math.abs(y - wanted[n])), 0);
          expect(worst).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it.each(Object.entries(cascades))('%s equals the filter of the ring gone round for ever', (_, sections) => {
    const length = 700;
    const ring = noise(length);
    const turns = 60;
    const tiled = Float32Array.from({ length: length * turns }, (_, n) => ring[n % length]);
    const middle = filterZeroPhase([tiled], sections)[0].subarray(
      (length * turns) / 2,
      (length * turns) / 2 + length,
    );
    expect(errorDb(filterCircular([ring], sections)[0], middle)).toBeLessThan(-100);
  });

  it('attenuates a ring of whole cycles twice', () => {
    const frequency = RATE / 14;
    for (const sections of Object.values(cascades)) {
      const output = filterCircular([sine(frequency, 1400)], sections)[0];
      const { toneDb, restDb } = toneAndRest(output, frequency);
      expect(toneDb).toBeCloseTo(2 * magnitudeDb(sections, frequency), 3);
      expect(restDb).toBeLessThan(-120);
    }
  });
});

function impulse(frames: number, at: number): Float32Array {
  const signal = new Float32Array(frames);
  signal[at] = 1;
  return signal;
}

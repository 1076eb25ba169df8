import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { segmentFigures } from '../../src/analysis/segments.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, decibels, faded, joined, mono, noise, plucks, RATE, rms, sine } from '../signals.ts';

const figuresOf = async (samples: Float32Array) => segmentFigures(await analyse(soundReader(mono(samples))));

describe('figures of a stretch', () => {
  it('agree with the samples', async () => {
    const samples = joined(noise(3 * RATE, 0.3), noise(2 * RATE, 0.05));
    const figures = await figuresOf(samples);
    fc.assert(
      fc.property(fc.nat(4 * RATE), fc.integer({ min: RATE / 10, max: RATE }), (start, count) => {
        const wanted = decibels(rms(samples, start, start + count));
        // Cells that are partly inside count in part: at the step of 16 dB that may cost half a dB and more.
        expect(Math.abs(figures.rmsDb(start, count) - wanted)).toBeLessThan(0.8);
        const largest = samples.subarray(start, start + count).reduce((m, x) => Math.max(m, Math.abs(x)), 0);
        expect(figures.peak(start, count)).toBeGreaterThanOrEqual(largest - 1e-3);
      }),
    );
  });

  it('give a sine the crest √2', async () => {
    const figures = await figuresOf(sine(440, 2 * RATE, 0.3));
    expect(figures.crest(RATE / 2, RATE)).toBeCloseTo(Math.SQRT2, 2);
  });

  it('measure a fade, and call a steady low chord even', async () => {
    const low = chord([33, 45], 4 * RATE);
    const steady = await figuresOf(low);
    const fading = await figuresOf(faded(low, -12));
    expect(Math.abs(steady.slopeDb(RATE, 2 * RATE))).toBeLessThan(0.3);
    expect(steady.levelSpreadDb(RATE, 2 * RATE)).toBeLessThan(0.5);
    expect(Math.abs(fading.slopeDb(RATE, 2 * RATE) + 6)).toBeLessThan(0.3);
    // A straight fall of 6 dB has a deviation of 6/√12.
    expect(Math.abs(fading.levelSpreadDb(RATE, 2 * RATE) - 6 / Math.sqrt(12))).toBeLessThan(0.3);
  });

  it('tell a struck note from a soft entry', async () => {
    const hit = await figuresOf(plucks([1], 600, 3 * RATE, 0.4));
    const soft = chord([57, 60, 64], 3 * RATE).map((x, n) => x * Math.min(1, 0.5 + n / (3 * RATE)));
    expect(hit.onsetForce(0.9 * RATE, RATE)).toBeGreaterThan(3);
    expect((await figuresOf(soft)).onsetForce(0.9 * RATE, RATE)).toBe(0);
    expect(hit.onsetForce(0.9 * RATE, 2 * RATE)).toBeCloseTo(hit.onsetForce(0.9 * RATE, RATE) / 2, 5);
  });

  it('count onsets and clipped samples inside only', async () => {
    const samples = plucks([0.5, 1, 1.5, 2, 2.5], 600, 3 * RATE, 0.4);
    const figures = await figuresOf(samples);
    const clipping = await figuresOf(samples.fill(1, RATE, RATE + 10));
    expect(figures.onsetCount(0, 3 * RATE)).toBe(5);
    expect(figures.onsetCount(0.75 * RATE, RATE)).toBe(2);
    expect(figures.onsetRate(0.75 * RATE, RATE)).toBe(2);
    expect(clipping.clippedCount(0.9 * RATE, 0.2 * RATE)).toBe(10);
    expect(clipping.clippedCount(1.2 * RATE, RATE)).toBe(0);
  });

  it('hold to the end of the source, where the last cell is short', async () => {
    const samples = sine(440, RATE + 7, 0.5);
    const figures = await figuresOf(samples);
    expect(figures.rmsDb(0, samples.length)).toBeCloseTo(-9.03, 1);
    expect(figures.rmsDb(samples.length - 3, 3)).toBeGreaterThan(-200);
    expect(figures.remainingDc(samples.length - 600, 600)).toBeLessThan(0.1);
  });
});

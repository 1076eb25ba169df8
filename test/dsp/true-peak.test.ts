import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { decibels, mono, noise, rotated, sine } from '../signals.ts';

describe('truePeak', () => {
  // EBU Tech 3341, signals 15 to 19: tolerance +0.2, -0.4 dB. Fades keep the cut ends out of it.
  it.each([
    [4, 0, 0.5],
    [4, 45, 0.5],
    [6, 60, 0.5],
    [8, 67.5, 0.5],
    [4, 45, 1.41],
  ])('reads a sine of rate/%i at %f° of amplitude %f within 0.02 dB', (divisor, degrees, amplitude) => {
    const length = 4800;
    const samples = sine(48000 / divisor, length, amplitude, 48000, (degrees * Math.PI) / 180);
    const shaped = samples.map((x, n) => x * Math.sin((Math.PI * n) / length) ** 0.2);
    expect(Math.abs(decibels(truePeak(mono(shaped, 48000)) / amplitude))).toBeLessThan(0.02);
  });

  it('reads what lies between the samples of a full-scale sine, 3.01 dB above them', () => {
    const ring = mono(sine(11025, 4000, 1, 44100, Math.PI / 4));
    const padded = mono(new Float32Array(ring.channels[0]).map((x, n) => x * Math.sin((Math.PI * n) / 4000)));
    expect(decibels(Math.max(...ring.channels[0]))).toBeCloseTo(-3.01, 2);
    expect(decibels(truePeak(padded))).toBeCloseTo(0, 2);
  });

  it('finds the largest four-fold sample of any band-limited ring, at most 0.02 dB off', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 24, max: 600 }), (seed, length) => {
        const random = new Random(seed);
        const tones = Array.from({ length: 12 }, () => ({
          bin: 1 + random.below(Math.floor(0.42 * length)),
          phase: random.between(0, 2 * Math.PI),
          size: random.between(0, 0.2),
        }));
        const value = (place: number) =>
          tones.reduce(
            (sum, { bin, phase, size }) =>
              sum + size * Math.cos((2 * Math.PI * bin * place) / length + phase),
            0,
          );
        const ring = Float32Array.from({ length }, (_, n) => value(n));
        let exact = 0;
        for (let n = 0; n < 4 * length; n++) exact = Math.max(exact, Math.abs(value(n / 4)));
        // Played round and round, against silence in front and behind: never less than the ring's own peak.
        const measured = truePeak(mono(ring), true);
        expect(decibels(measured / exact)).toBeGreaterThan(-0.02);
        const tiled = Float32Array.from({ length: 3 * length }, (_, n) => ring[n % length]);
        expect(truePeak(mono(tiled), true)).toBeCloseTo(measured, 5);
      }),
    );
  });

  it('hears a peak across the seam of a loop', () => {
    const turn = 1000;
    const burst = sine(11025, 2000, 1, 44100, Math.PI / 4).map((x, n) =>
      Math.abs(n - turn) < 60 ? x * Math.cos(((n - turn) / 60) * (Math.PI / 2)) : 0,
    );
    const whole = truePeak(mono(burst));
    expect(truePeak(mono(rotated(burst, turn)), true)).toBeGreaterThanOrEqual(whole - 1e-6);
  });

  it('skips no place that could hold the peak', () => {
    // One hidden overshoot behind a loud sample far away.
    for (const level of [0.5, 0.7, 0.9, 0.99]) {
      const samples = noise(5000, 0.05);
      samples[100] = level;
      const hump = sine(11025, 200, 1, 44100, Math.PI / 4);
      for (let n = 0; n < 200; n++) samples[3000 + n] += hump[n] * Math.sin((Math.PI * n) / 200);
      expect(truePeak(mono(samples))).toBeGreaterThan(0.99);
    }
  });

  it('is never under the sample peak, and knows silence, nothing and NaN', () => {
    const samples = noise(1000);
    expect(truePeak(mono(samples))).toBeGreaterThanOrEqual(Math.max(...samples.map(Math.abs)));
    expect(truePeak(mono(new Float32Array(0)), true)).toBe(0);
    expect(truePeak(mono(new Float32Array(50)), true)).toBe(0);
    expect(truePeak(mono(Float32Array.of(0.5)), true)).toBeGreaterThanOrEqual(0.5);
    samples[500] = Number.NaN;
    expect(truePeak(mono(samples))).toBeNaN();
  });
});

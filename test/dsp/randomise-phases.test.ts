import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastFftSize, realFft } from '../../src/dsp/fft.ts';
import { Random } from '../../src/dsp/random.ts';
import { randomisePhases } from '../../src/dsp/randomise-phases.ts';
import { chord, correlation, decibels, joined, mono, noise, RATE, rms, sine, sines } from '../signals.ts';

describe('smear', () => {
  it('keeps a steady tone even: 100 ms levels within ±1 dB, all the way round', () => {
    for (const seed of [1, 2, 3]) {
      const source = sine(440, 3 * RATE, 0.3);
      const [ring] = randomisePhases(mono(source), 8 * RATE, new Random(seed)).channels;
      expect(Math.abs(decibels(rms(ring) / rms(source)))).toBeLessThan(0.5);
      for (const level of levelsAround(ring, 0.1)) {
        expect(Math.abs(decibels(level / rms(ring)))).toBeLessThan(1);
      }
    }
  });

  it('keeps a low chord in tune: over half of its energy within 10 cents of its partials', () => {
    const tones = [110, 164.81, 220, 261.63, 329.63];
    const [ring] = randomisePhases(mono(sines(tones, 4 * RATE, 0.1)), 8 * RATE, new Random('tune')).channels;
    const size = fastFftSize(ring.length);
    const padded = new Float32Array(size);
    ring.forEach((x, n) => {
      padded[n] = x * Math.sin((Math.PI * n) / ring.length) ** 2;
    });
    const spectrum = realFft(size).forward(padded);
    let [near, all] = [0, 0];
    for (let k = 1; k < size / 2; k++) {
      const power = spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
      const cents = Math.min(...tones.map((hz) => Math.abs(1200 * Math.log2((k * RATE) / size / hz))));
      all += power;
      if (cents < 10) near += power;
    }
    expect(near / all).toBeGreaterThan(0.55);
  });

  it('has no seam: across the wrap neighbours are as close as anywhere', () => {
    const source = mono(sines([220, 277, 330], 2 * RATE, 0.1));
    const [ring] = randomisePhases(source, 100_003, new Random('seam')).channels;
    let largest = 0;
    for (let n = 1; n < ring.length; n++) largest = Math.max(largest, Math.abs(ring[n] - ring[n - 1]));
    expect(Math.abs(ring[0] - ring[ring.length - 1])).toBeLessThanOrEqual(largest);
    // The slope goes on through the wrap: a corner there would bend far more than a sum of low tones can.
    const bends = [-2, -1, 0, 1].map((n) => Math.abs(at(ring, n - 1) - 2 * at(ring, n) + at(ring, n + 1)));
    expect(Math.max(...bends)).toBeLessThan(0.01);
  });

  it('keeps level and phase between channels', () => {
    const left = chord([57, 60, 64], 3 * RATE);
    const delayed = left.map((_, n) => 0.5 * (left[n - 11] ?? 0));
    const wide = randomisePhases(
      { sampleRate: RATE, channels: [left, delayed] },
      5 * RATE,
      new Random('wide'),
    );
    const [one, other] = wide.channels;
    expect(Math.abs(correlation(one, other) - correlation(left, delayed))).toBeLessThan(0.01);
    expect(decibels(rms(other) / rms(one))).toBeCloseTo(-6, 0);
  });

  it('reads from the start to the end and back', () => {
    const [low, high] = [sine(200, 2 * RATE, 0.3), sine(2000, 2 * RATE, 0.3)];
    const [ring] = randomisePhases(mono(joined(low, high)), 6 * RATE, new Random('way')).channels;
    const share = (second: number, frequency: number) => {
      const part = ring.subarray((second - 0.4) * RATE, (second + 0.4) * RATE);
      return toneShare(part, frequency);
    };
    expect(share(0.5, 200)).toBeGreaterThan(0.9);
    expect(share(3, 2000)).toBeGreaterThan(0.9);
    expect(share(5.5, 200)).toBeGreaterThan(0.9);
  });

  it('never repeats, and repeats itself exactly from the same seed', () => {
    const source = mono(chord([48, 55], RATE));
    const [ring] = randomisePhases(source, 4 * RATE, new Random('a')).channels;
    const [again] = randomisePhases(source, 4 * RATE, new Random('a')).channels;
    const [other] = randomisePhases(source, 4 * RATE, new Random('b')).channels;
    expect(Buffer.compare(Buffer.from(again.buffer), Buffer.from(ring.buffer))).toBe(0);
    expect(Math.abs(correlation(ring, other))).toBeLessThan(0.5);
    const [first, second] = [ring.subarray(0, 2 * RATE), ring.subarray(2 * RATE)];
    expect(Math.abs(correlation(first, second))).toBeLessThan(0.7);
  });

  it('fills a ring of any length from a sound of any length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 1, max: 3 }),
        (frames, length, channelCount) => {
          const channels = Array.from({ length: channelCount }, (_, c) => noise(frames, 0.3, c));
          const ring = randomisePhases({ sampleRate: RATE, channels }, length, new Random('any'));
          expect(ring.channels).toHaveLength(channelCount);
          for (const channel of ring.channels) {
            expect(channel).toHaveLength(length);
            expect(channel.every(Number.isFinite)).toBe(true);
          }
          if (frames >= 2000 && length >= 2000) {
            expect(Math.abs(decibels(rms(ring.channels[0]) / rms(channels[0])))).toBeLessThan(3);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives silence for silence', () => {
    const [ring] = randomisePhases(mono(new Float32Array(RATE)), RATE, new Random('quiet')).channels;
    expect(rms(ring)).toBe(0);
  });
});

function at(ring: Float32Array, n: number): number {
  return ring[(n + ring.length) % ring.length];
}

/** RMS of windows of this length all the way round, every half window. */
function levelsAround(ring: Float32Array, seconds: number): number[] {
  const window = Math.round(seconds * RATE);
  const twice = joined(ring, ring.subarray(0, window));
  const levels: number[] = [];
  for (let start = 0; start < ring.length; start += window >> 1)
    levels.push(rms(twice, start, start + window));
  return levels;
}

/** Share of the power that lies within twelve bins of a frequency. */
function toneShare(samples: Float32Array, frequency: number): number {
  const window = samples.map((x, n) => x * Math.sin((Math.PI * n) / samples.length) ** 2);
  let inside = 0;
  for (let offset = -12; offset <= 12; offset++) {
    const step = (2 * Math.PI * (frequency + (offset * RATE) / samples.length)) / RATE;
    let [re, im] = [0, 0];
    for (let n = 0; n < window.length; n++) {
      re += window[n] * Math.cos(step * n);
      im += window[n] * Math.sin(step * n);
    }
    inside += re * re + im * im;
  }
  const all = (rms(window) ** 2 * window.length * window.length) / 2;
  return inside / all;
}

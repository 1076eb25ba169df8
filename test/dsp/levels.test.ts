import { describe, expect, it } from 'vitest';
import { fadeIn, fadeOut } from '../../src/dsp/fade.ts';
import {
  addHump,
  addOffset,
  amplify,
  amplitudeToDb,
  dbToAmplitude,
  levelsOf,
  peak,
  rms,
} from '../../src/dsp/levels.ts';
import { sampleSums } from '../../src/dsp/sums.ts';
import { mono, noise, sine } from '../signals.ts';

describe('levels', () => {
  it('measures a sine', () => {
    const sound = mono(sine(441, 44100, 0.5));
    expect(amplitudeToDb(rms(sound))).toBeCloseTo(-9.03, 2);
    expect(amplitudeToDb(peak(sound))).toBeCloseTo(-6.02, 2);
    expect(levelsOf(sound).means[0]).toBeCloseTo(0, 6);
  });

  it('takes channels together for level and apart for DC', () => {
    const sound = { sampleRate: 44100, channels: [new Float32Array(100).fill(0.5), new Float32Array(100)] };
    expect(rms(sound)).toBeCloseTo(Math.sqrt(0.125), 6);
    expect(peak(sound)).toBe(0.5);
    expect(levelsOf(sound).means).toEqual([0.5, 0]);
    for (const channel of sound.channels) amplify(channel, -0.5);
    expect(peak(sound)).toBe(0.25);
  });

  it('lets NaN through, wherever it stands', () => {
    for (const at of [0, 50, 99]) {
      const samples = noise(100);
      samples[at] = Number.NaN;
      expect(peak(mono(samples))).toBeNaN();
    }
  });

  it('hears every sample of a long sound, whatever its length', () => {
    for (const length of [1, 3, 16383, 16384, 16385, 40001]) {
      for (const at of [0, length >> 1, length - 1]) {
        const samples = new Float32Array(length);
        samples[at] = -0.5;
        const { rms, peak, means } = levelsOf(mono(samples));
        expect(peak).toBe(0.5);
        expect(rms).toBeCloseTo(0.5 / Math.sqrt(length), 12);
        expect(means[0]).toBeCloseTo(-0.5 / length, 12);
      }
    }
  });

  it('knows silence and nothing', () => {
    expect(rms(mono(new Float32Array(0)))).toBe(0);
    expect(amplitudeToDb(peak(mono(new Float32Array(10))))).toBe(Number.NEGATIVE_INFINITY);
    expect(dbToAmplitude(amplitudeToDb(0.3))).toBeCloseTo(0.3, 12);
  });
});

describe('changes of level', () => {
  const LENGTHS = [1, 2, 3, 5, 4095, 4096, 4097, 20_001];
  const gain = 0.7310594;
  const plainHump = (last: number) => (x: number, n: number) =>
    x + 30 * gain * (n / last) ** 2 * (1 - n / last) ** 2;

  it.each(LENGTHS)(
    'are those of a plain loop in doubles, to the last bit, and so are their sums, %i samples',
    (length) => {
      const samples = noise(length, 0.9, length);
      const original = samples.slice();
      const shifted = new Float32Array(length);
      expect(addOffset(samples, gain, shifted)).toEqual(sampleSums(shifted));
      expect(shifted).toEqual(original.map((x) => x + gain));
      expect(samples).toEqual(original);
      expect(amplify(samples, gain)).toEqual(sampleSums(samples));
      expect(samples).toEqual(original.map((x) => x * gain));
    },
  );

  it.each(LENGTHS)('add a hump of their mean that leaves the ends alone, %i samples', (length) => {
    const samples = noise(length, 0.9, length);
    const humped = new Float32Array(length);
    expect(addHump(samples, gain, humped)).toEqual(sampleSums(humped));
    const plain = samples.map(plainHump(Math.max(1, length - 1)));
    for (const [n, x] of humped.entries()) expect(x).toBeCloseTo(plain[n], 6);
    expect([humped[0], humped[length - 1]]).toEqual([samples[0], samples[length - 1]]);
    const moved = levelsOf(mono(humped)).means[0] - levelsOf(mono(samples)).means[0];
    if (length > 4000) expect(moved).toBeCloseTo(gain, 3);
  });
});

describe('fades', () => {
  it('start and end at zero and meet in the middle at a half', () => {
    const samples = new Float32Array(100).fill(1);
    fadeIn(samples, 40);
    fadeOut(samples, 40);
    expect(samples[0]).toBe(0);
    expect(samples[20]).toBeCloseTo(0.5, 6);
    expect([...samples.subarray(40, 60)].every((y) => y === 1)).toBe(true);
    expect(samples[79]).toBeCloseTo(0.5, 6);
    expect(samples[99]).toBe(0);
  });

  it('have no corner: the gain never moves faster than π/2 over its length', () => {
    const samples = new Float32Array(1001).fill(1);
    fadeIn(samples, 1000);
    for (let n = 1; n < samples.length; n++) {
      expect(samples[n] - samples[n - 1]).toBeGreaterThanOrEqual(0);
      expect(samples[n] - samples[n - 1]).toBeLessThan(Math.PI / 2 / 1000 + 1e-7);
    }
  });

  it('are cut to what they are given', () => {
    const samples = new Float32Array(10).fill(1);
    fadeIn(samples, 50);
    fadeOut(samples, 50);
    expect(samples[0]).toBe(0);
    expect(samples[9]).toBe(0);
    fadeIn(new Float32Array(0), 10);
    expect(new Set(fadeless())).toEqual(new Set([1]));
  });
});

function fadeless(): Float32Array {
  const samples = new Float32Array(10).fill(1);
  fadeIn(samples, 0);
  fadeOut(samples, 0);
  return samples;
}

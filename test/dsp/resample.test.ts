import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample, resampler } from '../../src/dsp/resample.ts';
import { decibels, noise, rms, sine, toneAndRest } from '../signals.ts';

const RATIOS: [number, number][] = [
  [48000, 44100],
  [44100, 48000],
  [96000, 44100],
  [44100, 22050],
  [8000, 44100],
  [44100, 47999],
  [47999, 44100],
];

/** A tone at a part of the lower Nyquist frequency, resampled: its middle, away from where it starts and stops. */
function middleOfTone(part: number, from: number, to: number) {
  const frequency = (part * Math.min(from, to)) / 2;
  const { outputLength, render } = resampler(from, to);
  const input = sine(frequency, 16384, 1, from);
  const frames = outputLength(input.length);
  return { frequency, output: render(input, 0, Math.floor(frames / 4), Math.floor(frames / 2)) };
}

describe('resampler', () => {
  it.each(RATIOS)('%i to %i: flat within 0.001 dB to 0.9 Nyquist, nothing else above -98 dB', (from, to) => {
    for (const part of [0.01, 0.31, 0.77, 0.9]) {
      const { frequency, output } = middleOfTone(part, from, to);
      const { toneDb, restDb } = toneAndRest(output, frequency, to);
      expect(Math.abs(toneDb)).toBeLessThan(0.001);
      expect(restDb).toBeLessThan(-98);
    }
  });

  it.each(RATIOS.filter(([from, to]) => from > to))('%i to %i: alias under -95 dB', (from, to) => {
    for (const part of [1.001, 1.01, 1.05, 1.3, 1.8]) {
      if (part * to >= from) continue;
      // Nothing of the tone may be left: whatever is heard, all of it is alias.
      expect(decibels(rms(middleOfTone(part, from, to).output))).toBeLessThan(-95);
    }
  });

  it('falls between other edges where they are given', () => {
    const wide = { passband: 0.8, stopband: 1.1 };
    const [from, to] = [47_999, 47_111];
    const levelAt = (part: number) => {
      const frequency = (part * to) / 2;
      const { outputLength, render } = resampler(from, to, wide);
      const input = sine(frequency, 16_384, 1, from);
      const frames = outputLength(input.length);
      return toneAndRest(render(input, 0, Math.floor(frames / 4), Math.floor(frames / 2)), frequency, to);
    };
    for (const part of [0.01, 0.31, 0.8]) {
      expect(Math.abs(levelAt(part).toneDb)).toBeLessThan(0.001);
      expect(levelAt(part).restDb).toBeLessThan(-96);
    }
    expect(levelAt(0.95).toneDb).toBeCloseTo(-6, 0);
    expect(resampler(from, to, wide).reach).toBeLessThan(resampler(from, to).reach / 2);
    // Of rings that are read slower, filters are shared: by both edges.
    const [slow, narrow] = [47_111, 47_999];
    const wider = resampler(slow, narrow, wide);
    expect(resampler(slow, narrow, { ...wide, stopband: 1 }).reach).toBeGreaterThan(1.4 * wider.reach);
  });

  it('reads any range as the whole has it, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RATIOS),
        fc.nat(3000),
        fc.nat(500),
        fc.nat(40),
        ([from, to], start, count, extra) => {
          const input = noise(4000);
          const { inputRange, outputLength, render } = resampler(from, to);
          const whole = render(input, 0, 0, outputLength(input.length));
          const first = Math.min(start, whole.length);
          const frames = Math.min(count, whole.length - first);
          const range = inputRange(first, frames);
          const inputStart = Math.max(0, range.start - extra);
          const known = input.subarray(inputStart, Math.max(inputStart, range.start + range.count));
          expect(render(known, inputStart, first, frames)).toEqual(whole.subarray(first, first + frames));
        },
      ),
    );
  });

  it('puts output frames at exact times, hours in', () => {
    const { inputRange, render } = resampler(48000, 44100);
    const start = 44100 * 3600 * 5;
    const range = inputRange(start, 1000);
    const inputStart = 48000 * 3600 * 5 - 4000;
    expect(range.start).toBeGreaterThan(inputStart);
    const input = sine(1000, 9000, 1, 48000);
    const output = render(input, inputStart, start, 1000);
    const wanted = sine(1000, 1000, 1, 44100, (2 * Math.PI * 1000 * 4000) / 48000);
    expect(Math.max(...output.map((y, n) => Math.abs(y - wanted[n])))).toBeLessThan(1e-5);
  });

  it('keeps a constant constant and the length in proportion', () => {
    for (const [from, to] of RATIOS) {
      const { outputLength, reach, render } = resampler(from, to);
      expect(outputLength(from)).toBe(to);
      const margin = Math.ceil((reach * to) / from) + 1;
      const output = render(new Float32Array(8000).fill(0.5), 0, margin, outputLength(8000) - 2 * margin);
      for (const y of output) expect(y).toBeCloseTo(0.5, 6);
    }
  });

  it('refuses rates that are not whole or too far apart', () => {
    expect(() => resampler(44100.5, 48000)).toThrow(RangeError);
    expect(() => resampler(0, 48000)).toThrow(RangeError);
    expect(() => resampler(1e9, 48000)).toThrow(RangeError);
  });
});

describe('resample', () => {
  it('keeps the channels and gives the sound itself back at its own rate', () => {
    const sound = { sampleRate: 48000, channels: [sine(440, 4800, 1, 48000), sine(550, 4800, 1, 48000)] };
    expect(resample(sound, 48000)).toBe(sound);
    const other = resample(sound, 44100);
    expect(other.channels.map((channel) => channel.length)).toEqual([4410, 4410]);
    expect(toneAndRest(other.channels[1].subarray(1000, 3400), 550, 44100).restDb).toBeLessThan(-98);
  });

  it('survives nothing and one frame', () => {
    expect(resample({ sampleRate: 8000, channels: [new Float32Array(0)] }, 44100).channels[0]).toHaveLength(
      0,
    );
    expect(resample({ sampleRate: 8000, channels: [new Float32Array(1)] }, 44100).channels[0]).toHaveLength(
      6,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { dbToAmplitude } from '../../src/dsp/levels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { mono, noise, rotated, sine } from '../signals.ts';

/** 1 kHz on both channels, part after part, as EBU Tech 3341 has it. */
function steps(parts: [level: number, seconds: number][], rate: number): Sound {
  const frames = parts.map(([, seconds]) => Math.round(seconds * rate));
  const samples = new Float32Array(frames.reduce((sum, count) => sum + count));
  let at = 0;
  for (const [i, [level]] of parts.entries()) {
    samples.set(sine(1000, frames[i], dbToAmplitude(level), rate), at);
    at += frames[i];
  }
  return { sampleRate: rate, channels: [samples, samples] };
}

describe('loudness', () => {
  it.each([48000, 44100, 8000, 96000])(
    'meets EBU Tech 3341 signals 1 and 2 at %i Hz within 0.1 LU',
    (rate) => {
      expect(Math.abs(loudness(steps([[-23, 20]], rate)) + 23)).toBeLessThan(0.1);
      expect(Math.abs(loudness(steps([[-33, 20]], rate)) + 33)).toBeLessThan(0.1);
    },
  );

  it('gates as EBU Tech 3341 signals 3, 4 and 5 ask', () => {
    const rate = 8000;
    const gated = [
      steps(
        [
          [-36, 10],
          [-23, 60],
          [-36, 10],
        ],
        rate,
      ),
      steps(
        [
          [-72, 10],
          [-36, 10],
          [-23, 60],
          [-36, 10],
          [-72, 10],
        ],
        rate,
      ),
      steps(
        [
          [-26, 20],
          [-20, 20.1],
          [-26, 20],
        ],
        rate,
      ),
    ];
    for (const sound of gated) expect(Math.abs(loudness(sound) + 23)).toBeLessThan(0.1);
  });

  it('reads 997 Hz at full scale in one channel as -3.01 LUFS', () => {
    expect(loudness(mono(sine(997, 5 * 48000, 1, 48000), 48000))).toBeCloseTo(-3.01, 1);
  });

  it('weighs low frequencies less and high ones more, at any rate', () => {
    // The response of the coefficients that BS.1770-4 prints for 48 kHz, re 1 kHz.
    for (const [frequency, weight] of [
      [38.135, -6.67],
      [100, -1.83],
      [3500, 3.22],
    ]) {
      for (const rate of [22050, 44100, 48000, 96000]) {
        const tone = loudness(mono(sine(frequency, 3 * rate, 0.1, rate), rate));
        const reference = loudness(mono(sine(1000, 3 * rate, 0.1, rate), rate));
        expect(Math.abs(tone - reference - weight)).toBeLessThan(0.1);
      }
    }
  });

  it('measures a loop as it goes round: by rotation and by tiling alike, however short', () => {
    for (const length of [300, 4000, 30000, 100000]) {
      const ring = noise(length, 0.3).map((x, n) => x * (1 + 0.5 * Math.sin((2 * Math.PI * n) / length)));
      const measured = loudness(mono(ring), true);
      expect(loudness(mono(rotated(ring, length >> 1)), true)).toBeCloseTo(measured, 1);
      const times = Math.ceil(400000 / length);
      const tiled = Float32Array.from({ length: times * length }, (_, n) => ring[n % length]);
      expect(loudness(mono(tiled))).toBeCloseTo(measured, 1);
    }
  });

  it('measures a short one-shot over its own length', () => {
    const long = loudness(mono(sine(1000, 44100, 0.1)));
    const short = loudness(mono(sine(1000, 4410, 0.1)));
    expect(short).toBeCloseTo(long, 1);
  });

  it('has no figure for silence and for nothing', () => {
    for (const loops of [false, true]) {
      expect(loudness(mono(new Float32Array(44100)), loops)).toBe(Number.NEGATIVE_INFINITY);
      expect(loudness(mono(new Float32Array(0)), loops)).toBe(Number.NEGATIVE_INFINITY);
    }
  });
});

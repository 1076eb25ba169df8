import { describe, expect, it } from 'vitest';
import { medianMasks, separate } from '../../src/analysis/separation.ts';
import { Random } from '../../src/dsp/random.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { errorDb, mixed, noise, RATE, rms, sines } from '../signals.ts';

const SHAPE = { timeWidth: 17, frequencyWidth: 17, margin: 2 };

/** Clicks of one sample, four a second. */
function clicks(frames: number): Float32Array {
  const samples = new Float32Array(frames);
  for (let n = 5000; n < frames; n += RATE / 4) samples[Math.round(n)] = 1;
  return samples;
}

function stereo(left: Float32Array, right: Float32Array): Sound {
  return { sampleRate: RATE, channels: [left, right] };
}

describe('separate', () => {
  const tones = sines([220, 554.37, 1318.5], 2 * RATE, 0.1);
  const hits = clicks(2 * RATE);

  it('puts tones and clicks into different parts', () => {
    const { harmonic, percussive } = separate(stereo(mixed(tones, hits), tones), SHAPE);
    const body = [RATE / 2, 1.5 * RATE] as const;
    const tone = harmonic.channels[0].subarray(...body);
    const hit = percussive.channels[0].subarray(...body);
    expect(errorDb(tone, tones.subarray(...body))).toBeLessThan(-12);
    expect(errorDb(hit, hits.subarray(...body))).toBeLessThan(-12);
    // What is on one side only stays there.
    expect(rms(percussive.channels[1].subarray(...body))).toBeLessThan(0.1 * rms(hit));
  });

  it.each([1, 2])('sums to the input, margin %s', (margin) => {
    const input = [mixed(tones, noise(tones.length, 0.1, 'l')), mixed(hits, noise(hits.length, 0.1, 'r'))];
    const parts = separate(stereo(input[0], input[1]), { ...SHAPE, margin });
    for (const channel of [0, 1]) {
      const sum = mixed(
        parts.harmonic.channels[channel],
        parts.percussive.channels[channel],
        parts.residual.channels[channel],
      );
      expect(errorDb(sum, input[channel])).toBeLessThan(-120);
    }
  });

  it('reconstructs by the two masks alone with margin 1, to the first and last sample', () => {
    const input = noise(RATE / 2, 0.5);
    const { residual } = separate({ sampleRate: RATE, channels: [input] }, { ...SHAPE, margin: 1 });
    expect(20 * Math.log10(rms(residual.channels[0]) / rms(input))).toBeLessThan(-90);
    expect(Math.abs(residual.channels[0][0])).toBeLessThan(1e-4);
    expect(Math.abs(residual.channels[0][input.length - 1])).toBeLessThan(1e-4);
  });

  it('takes sounds shorter than a frame, and silence', () => {
    const short = separate({ sampleRate: RATE, channels: [noise(7)] }, SHAPE);
    expect(short.percussive.channels[0].length).toBe(7);
    const silent = separate({ sampleRate: RATE, channels: [new Float32Array(5000)] }, SHAPE);
    expect(rms(silent.percussive.channels[0])).toBe(0);
  });
});

describe('medianMasks', () => {
  it('takes true medians, mirrored at the ends', () => {
    const [rows, columns, width] = [23, 19, 5];
    const random = new Random('matrix');
    const power = Float32Array.from({ length: rows * columns }, () => random.uniform());
    const mirror = (i: number, count: number) => (i < 0 ? -i : i >= count ? 2 * count - 2 - i : i);
    const median = (values: number[]) => values.sort((a, b) => a - b)[width >> 1];
    const { harmonic } = medianMasks(power, rows, columns, {
      timeWidth: width,
      frequencyWidth: width,
      margin: 1,
    });
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const around = [-2, -1, 0, 1, 2];
        const tone = median(around.map((d) => power[mirror(row + d, rows) * columns + column]));
        const hit = median(around.map((d) => power[row * columns + mirror(column + d, columns)]));
        expect(harmonic[row * columns + column]).toBeCloseTo(tone / (tone + hit), 5);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { resampled } from '../../src/archive/resampled.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { mono, RATE, sine } from '../signals.ts';

/** Clipped samples in all, and of the cells that have some the first. */
async function clippedOf(channels: Float32Array[], rate = RATE) {
  const source = soundReader({ sampleRate: rate, channels });
  const { clipped } = await analyse(source, undefined, (reader) => resampled(reader, RATE));
  return {
    count: clipped.reduce((sum, cell) => sum + cell, 0),
    first: clipped.findIndex((cell) => cell > 0),
  };
}
const limited = (samples: Float32Array, level: number) =>
  samples.map((x) => Math.max(-level, Math.min(level, x)));
const onGrid = (samples: Float32Array, steps: number) => samples.map((x) => Math.round(x * steps) / steps);

describe('floats above full scale', () => {
  it.each([20, 55, 441, 1000, 11_025])(
    'are no clipping where they are smooth: %i Hz, +9.6 dB',
    async (hertz) => {
      expect(await clippedOf([sine(hertz, RATE, 3.02)])).toEqual({ count: 0, first: -1 });
      // From 24 bits and a gain.
      expect((await clippedOf([onGrid(sine(hertz, RATE, 0.755), 2 ** 23).map((x) => 4 * x)])).count).toBe(0);
    },
  );

  it('are no clipping where a peak of theirs happens to be at full scale', async () => {
    const partials = [220, 277.18, 329.63, 440.3].map((hertz) => sine(hertz, 4 * RATE, 0.75));
    const sum = partials[0].map((_, n) => partials.reduce((total, partial) => total + partial[n], 0));
    const near = sum.filter(
      (x, n) => Math.min(Math.abs(x), Math.abs(sum[n + 1])) >= 0.999 && Math.abs(x) <= 1,
    );
    expect(near.length).toBeGreaterThan(10);
    expect((await clippedOf([sum])).count).toBe(0);
  });

  it('clip where they are flat at full scale, though they go above it elsewhere', async () => {
    const samples = limited(sine(110, RATE, 3), 1);
    const flat = samples.reduce((count, x) => count + (Math.abs(x) === 1 ? 1 : 0), 0);
    samples[RATE - 1] = 1.5;
    expect((await clippedOf([samples])).count).toBe(flat);
  });

  it('clip where they are flat at their extreme, one side alone too', async () => {
    const wave = sine(110, RATE, 3);
    const flat = wave.reduce((sum, x) => sum + (x >= 2 ? 1 : 0), 0);
    const clipped = wave.map((x) => Math.min(2, x));
    expect((await clippedOf([clipped])).count).toBe(flat);
    expect((await clippedOf([clipped.map((x) => -x), sine(200, RATE, 0.5)])).count).toBe(flat);
  });

  it('of a pair of equal samples, or flat below the extreme, are none', async () => {
    const samples = sine(110, RATE, 2);
    samples.fill(2.5, 1000, 1002);
    // Before the extreme, and behind it.
    samples.fill(1.5, 20, 30);
    samples.fill(1.5, 2000, 2010);
    expect((await clippedOf([samples])).count).toBe(0);
  });
});

describe('clipping at full scale', () => {
  it.each([44_100, 48_000, 96_000, 22_050])('is heard at the rate of the source, %i Hz', async (rate) => {
    const start = rate / 2;
    const loud = onGrid(limited(sine(220, rate, 4, rate), 1), 32_768).map((x) =>
      Math.min(x, 32_767 / 32_768),
    );
    const samples = loud.fill(0, 0, start);
    const flat = samples.reduce((sum, x) => sum + (Math.abs(x) >= 0.999 ? 1 : 0), 0);
    const { count, first } = await clippedOf([samples], rate);
    // Counted at the rate of the cells, rounded up in each.
    expect(count / ((flat * RATE) / rate)).toBeCloseTo(1, 1);
    expect(first).toBe(Math.floor(RATE / 2 / 512));
  });

  it('counts a share of cells alike at any rate: a resampled master that overshoots does not clip', async () => {
    // -0.1 dB: no sample at full scale, and peaks between samples beyond it once resampled.
    const master = limited(sine(220, 48_000, 4, 48_000), 0.985);
    expect((await clippedOf([master], 48_000)).count).toBe(0);
  });
});

it('a source is as quiet as it likes', async () => {
  expect((await clippedOf([sine(220, RATE, 1e-5)])).count).toBe(0);
});

describe('the two channels as a whole', () => {
  const faultOf = async (left: Float32Array, right?: Float32Array) => {
    const channels = right ? [left, right] : mono(left).channels;
    return (await analyse(soundReader({ sampleRate: RATE, channels }))).stereoFault;
  };
  const tone = sine(220, RATE, 0.5);
  const other = sine(333, RATE, 0.5);
  const scaled = (samples: Float32Array, gain: number, offset = 0) => samples.map((x) => x * gain + offset);
  const silence = new Float32Array(RATE);

  it.each<[string, Float32Array, Float32Array | undefined, string | null]>([
    ['nothing right', tone, silence, 'right silent'],
    ['nothing left but an offset', scaled(silence, 1, 0.02), tone, 'left silent'],
    ['crosstalk 66 dB below', scaled(tone, 0.0005), tone, 'left silent'],
    ['a channel 54 dB below', scaled(other, 0.002), tone, null],
    ['silence', silence, silence, null],
    ['inverted', tone, scaled(tone, -1), 'inverted'],
    ['inverted, softer, with an offset', scaled(tone, -0.3, 0.1), scaled(tone, 1, 0.1), 'inverted'],
    ['mono in stereo', tone, tone, null],
    ['wide', tone, other, null],
    ['mono', tone, undefined, null],
  ])('%s', async (_, left, right, fault) => {
    expect(await faultOf(left, right)).toBe(fault);
  });

  it('a channel that sounds for a part only is not silent', async () => {
    const late = tone.slice().fill(0, 0, 0.9 * RATE);
    expect(await faultOf(tone, late)).toBe(null);
  });
});

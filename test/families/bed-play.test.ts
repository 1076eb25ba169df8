import { describe, expect, it } from 'vitest';
import { realFft } from '../../src/dsp/fft.ts';
import { type Sound, soundReader } from '../../src/dsp/sound.ts';
import { sampleSums } from '../../src/dsp/sums.ts';
import { playPath, type Reading } from '../../src/families/beds/play.ts';
import { drawDelays, rephased, runInOf } from '../../src/families/beds/rephased.ts';
import type { Stretch } from '../../src/families/beds/stretch.ts';
import { chord, decibels, mono, noise, RATE, rms, sine } from '../signals.ts';
import { randomFor } from './making.ts';

const RUN_IN = runInOf(RATE);

function readingOf(sound: Sound): Reading {
  const reader = soundReader(sound);
  return {
    frameCount: reader.frameCount,
    sampleRate: RATE,
    read: (start, count) => reader.read(start, count),
  };
}

/** A stretch of 2 s, s. */
function stretchAt(start: number, place: number, seed: number): Stretch {
  return {
    start: start * RATE,
    place: place * RATE,
    step: 2 * RATE,
    overlap: RATE / 100,
    gainDb: 0,
    delays: drawDelays(randomFor(seed)('bed', 1), RATE),
  };
}

/** Levels of the 50 ms from each place on, s, dB over that of all of a sound. */
function levelsAt(places: readonly number[], ring: Float32Array, all: Float32Array): number[] {
  const whole = rms(all);
  return places.map((sec) => {
    const at = Math.round(sec * RATE);
    return decibels(rms(ring, at, at + RATE / 20) / whole);
  });
}

describe('a stretch that is played with phases of its own', () => {
  it('is as loud where it begins as later on', async () => {
    for (const hertz of [110, 220, 440]) {
      const held = sine(hertz, 8 * RATE, 0.5);
      const path = [stretchAt(1, 0, 1), stretchAt(4, 2, 2)];
      const { ring } = await playPath(path, readingOf(mono(held)));
      for (const level of levelsAt([0.01, 0.1, 0.3, 1, 2.01, 2.1, 3], ring.channels[0], held)) {
        expect(Math.abs(level)).toBeLessThan(0.3);
      }
    }
  });

  it('is so at the start of its source too, which nothing comes before', async () => {
    const hiss = noise(8 * RATE, 0.5, 'hiss');
    for (const seed of [1, 2, 3]) {
      const path = [stretchAt(0, 0, seed), stretchAt(4, 2, 4)];
      const { ring } = await playPath(path, readingOf(mono(hiss)));
      for (const level of levelsAt([0.01, 0.1, 1], ring.channels[0], hiss)) {
        expect(Math.abs(level)).toBeLessThan(1);
      }
    }
  });

  it('has the same phases on both sides', async () => {
    const held = chord([57, 60, 64], 8 * RATE, 0.2);
    const channels = [held, held.map((x) => 0.5 * x)];
    const path = [stretchAt(1, 0, 1), stretchAt(4, 2, 2)];
    const { ring, width } = await playPath(path, readingOf({ sampleRate: RATE, channels }));
    const [left, right] = ring.channels;
    for (let n = 0; n < left.length; n += 101) expect(right[n]).toBeCloseTo(0.5 * left[n], 5);
    expect(width).toBeCloseTo(1, 5);
  });
});

describe('what is played again', () => {
  const again = (sound: Float32Array, seed: number) =>
    rephased(sound, drawDelays(randomFor(seed)('bed', 1), RATE), RUN_IN, RUN_IN);

  it('has the same spectrum', () => {
    const click = new Float32Array(RUN_IN + 2 * RATE);
    click[RUN_IN + 100] = 1;
    const sounding = again(click, 1);
    expect(sampleSums(sounding).energy).toBeCloseTo(1, 3);
    const fft = realFft(2 ** 16);
    const padded = new Float32Array(fft.size);
    padded.set(sounding.subarray(0, fft.size));
    const spectrum = fft.forward(padded);
    for (let bin = 1; bin < fft.size / 2; bin += 97) {
      expect(Math.hypot(spectrum[2 * bin], spectrum[2 * bin + 1])).toBeCloseTo(1, 2);
    }
  });

  it('is no copy of itself, wherever the one is laid over the other', () => {
    const held = chord([57, 60, 64], 4 * RATE, 0.2);
    const [one, other] = [again(held, 1), again(held, 2)].map((sound) => sound.subarray(0, RATE / 2));
    let most = 0;
    for (let lag = -2000; lag <= 2000; lag += 4) {
      const [a, b] = [one.subarray(2000, -2000), other.subarray(2000 + lag, other.length - 2000 + lag)];
      const both = a.reduce((sum, x, n) => sum + x * b[n], 0);
      most = Math.max(most, both / (rms(a) * rms(b) * a.length));
    }
    expect(most).toBeLessThan(0.95);
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { CLEAR_ENOUGH_TO_ACT_ON, CLEAR_ENOUGH_TO_SAY } from '../../src/analysis/confidence.ts';
import { UNSETTLED } from '../../src/analysis/tempo.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, faded, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const tempo = async (samples: Float32Array, sampleRate = RATE) =>
  (await analyse(soundReader(mono(samples, sampleRate)))).tempo;

const beats = (bpm: number, seconds: number) =>
  Array.from({ length: Math.floor((seconds * bpm) / 60) }, (_, i) => (i * 60) / bpm);

describe('tempo', () => {
  it.each([72, 87.5, 100, 120, 128.3])('hears %d beats a minute', async (bpm) => {
    const seconds = 20;
    const low = plucks(beats(bpm, seconds), 90, seconds * RATE, 0.6);
    const heard = (await tempo(mixed(low, noise(seconds * RATE, 0.005))))!;
    expect(Math.abs(heard.bpm / bpm - 1)).toBeLessThan(0.005);
    expect(heard.confidence).toBeGreaterThan(0.5);
    expect(heard.alternativeBpm).toBeNull();
  });

  it.each([8000, 48_000, 96_000])('hears it at %i Hz', async (rate) => {
    const heard = (await tempo(plucks(beats(110, 10), 500, 10 * rate, 0.5, rate), rate))!;
    expect(Math.abs(heard.bpm / 110 - 1)).toBeLessThan(0.005);
  });

  it('hears two bars of a loop', async () => {
    const heard = (await tempo(plucks(beats(126, 3.8), 200, Math.round(3.81 * RATE))))!;
    expect(Math.abs(heard.bpm / 126 - 1)).toBeLessThan(0.01);
  });

  it('is unknown where nothing beats', async () => {
    const pad = chord([45, 52, 57], 10 * RATE);
    for (const still of [pad, faded(pad, -40), noise(10 * RATE), joined(noise(RATE, 0.1), pad)]) {
      expect(await tempo(still)).toBeNull();
    }
    expect(await tempo(plucks([0.1], 300, RATE))).toBeNull();
  });
});

/** A bar of four beats: where a kick, a snare and a hat are struck, in beats. */
interface Pattern {
  readonly kick: readonly number[];
  readonly snare: readonly number[];
  readonly hat: readonly number[];
}
const EIGHTHS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];
const ROCK: Pattern = { kick: [0, 2], snare: [1, 3], hat: EIGHTHS };
const QUARTERS: Pattern = { kick: [0, 2], snare: [1, 3], hat: [0, 1, 2, 3] };
const HOUSE: Pattern = { kick: [0, 1, 2, 3], snare: [1, 3], hat: [0.5, 1.5, 2.5, 3.5] };
const HALF_TIME: Pattern = { kick: [0], snare: [2], hat: EIGHTHS };
const BREAK: Pattern = { kick: [0, 0.5, 2.5], snare: [1, 3], hat: EIGHTHS };

/** Four bars: a falling sine, noise over a tone, and high noise that is 10 dB softer. */
function drums({ kick, snare, hat }: Pattern, bpm: number): Float32Array {
  const beat = 60 / bpm;
  const samples = new Float32Array(Math.round(16 * beat * RATE));
  const hiss = noise(RATE, 1);
  const strike = (places: readonly number[], sound: (time: number, i: number) => number) => {
    for (const bar of [0, 4, 8, 12]) {
      for (const place of places) {
        const start = Math.round((bar + place) * beat * RATE);
        for (let i = 0; i < 0.3 * RATE && start + i < samples.length; i++)
          samples[start + i] += sound(i / RATE, i);
      }
    }
  };
  strike(
    kick,
    (t) => 0.8 * Math.sin(2 * Math.PI * (50 * t + 6 * (1 - Math.exp(-30 * t)))) * Math.exp(-14 * t),
  );
  strike(snare, (t, i) => (0.3 * hiss[i] + 0.25 * Math.sin(2 * Math.PI * 190 * t)) * Math.exp(-18 * t));
  strike(hat, (t, i) => 0.12 * (hiss[i + 1] - hiss[i]) * Math.exp(-60 * t));
  return samples;
}

describe('the octave of a tempo', () => {
  const { tempo: said } = CLEAR_ENOUGH_TO_SAY;

  it('is never said where it is open', () => {
    expect(UNSETTLED).toBeLessThan(Math.min(said, CLEAR_ENOUGH_TO_ACT_ON.tempo));
  });

  it.each([
    ['rock', 70, ROCK],
    ['rock', 80, ROCK],
    ['rock', 170, ROCK],
    ['house', 70, HOUSE],
    ['house', 60, HOUSE],
    ['half time', 70, HALF_TIME],
    ['half time', 140, HALF_TIME],
    ['a break', 70, BREAK],
    ['a break', 90, BREAK],
  ])('is open where half or double is as likely, and both are told: %s at %i', async (_, bpm, pattern) => {
    const heard = (await tempo(drums(pattern, bpm)))!;
    const both = [heard.bpm, heard.alternativeBpm!].sort((a, b) => a - b);
    expect(both.some((each) => Math.abs(each / bpm - 1) < 0.01)).toBe(true);
    expect(both[1] / both[0]).toBeCloseTo(2, 9);
    expect(heard.confidence).toBeLessThan(said);
    // Bars of either fill each other, so a grid still holds.
    expect(heard.steadiness).toBeGreaterThan(0.5);
  });

  it.each([
    ['rock', 100, ROCK],
    ['rock', 110, ROCK],
    ['rock', 120, ROCK],
    ['quarters', 70, QUARTERS],
    ['quarters', 90, QUARTERS],
    ['quarters', 120, QUARTERS],
    ['house', 110, HOUSE],
    ['house', 120, HOUSE],
    ['half time', 110, HALF_TIME],
    ['a break', 110, BREAK],
  ])('is clear where it is: %s at %i', async (_, bpm, pattern) => {
    const heard = (await tempo(drums(pattern, bpm)))!;
    expect(Math.abs(heard.bpm / bpm - 1)).toBeLessThan(0.01);
    expect(heard.alternativeBpm).toBeNull();
    expect(heard.confidence).toBeGreaterThan(0.5);
  });

  it('is open in a loop of two beats, which no third confirms', async () => {
    const heard = (await tempo(drums(QUARTERS, 70).slice(0, Math.round(1.75 * RATE))))!;
    expect(heard.alternativeBpm).not.toBeNull();
    expect(heard.confidence).toBeLessThan(said);
  });
});

import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, faded, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const tempo = async (samples: Float32Array, sampleRate = RATE) =>
  (await analyse(soundReader(mono(samples, sampleRate)))).tempo;

const beats = (bpm: number, seconds: number) =>
  Array.from({ length: Math.floor((seconds * bpm) / 60) }, (_, i) => (i * 60) / bpm);

describe('tempo', () => {
  it.each([72, 87.5, 100, 120, 128.3, 140, 160])('hears %d beats a minute', async (bpm) => {
    const seconds = 20;
    const low = plucks(beats(bpm, seconds), 90, seconds * RATE, 0.6);
    const heard = (await tempo(mixed(low, noise(seconds * RATE, 0.005))))!;
    expect(Math.abs(heard.bpm / bpm - 1)).toBeLessThan(0.005);
    expect(heard.confidence).toBeGreaterThan(0.5);
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

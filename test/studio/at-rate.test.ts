/** What the studio sends to the output of sounds at other rates and pitches: levels, images and aliases, in dB. */
import { describe, expect, it } from 'vitest';
import { ringOfFrames } from '../../src/dsp/resample-ring.ts';
import { stretchesOf } from '../../src/studio/page/sound/at-rate.ts';
import { errorDb, rms } from '../signals.ts';

const OUT = 44_100;

/** A tone that goes round in a whole number of its waves, of about 0.2 s. */
function tone(hertz: number, sampleRate: number) {
  const frames = Math.round(0.2 * sampleRate);
  const waves = Math.round((hertz * frames) / sampleRate);
  const samples = Float32Array.from({ length: frames }, (_, n) =>
    Math.sin((2 * Math.PI * waves * n) / frames),
  );
  return { sampleRate, channels: [samples] };
}

/** Level of what is heard of a tone, dB of the tone itself. */
function heardDb(hertz: number, sampleRate: number, speed = 1): number {
  const heard = stretchesOf(tone(hertz, sampleRate), { isLoop: true, speed, toRate: OUT })!.read(0, OUT);
  return 20 * Math.log10(rms(heard[0]) / Math.SQRT1_2);
}

describe('sounds at the output’s rate', () => {
  it('keeps the highs of a song at 48 kHz', () => {
    expect(heardDb(15_000, 48_000)).toBeCloseTo(0, 2);
  });

  it('folds nothing of a song at 96 kHz into what is heard', () => {
    expect(heardDb(30_000, 96_000)).toBeLessThan(-90);
  });

  it('folds nothing of a key an octave up into what is heard', () => {
    expect(heardDb(9000, OUT, 2)).toBeCloseTo(0, 2);
    expect(heardDb(15_000, OUT, 2)).toBeLessThan(-90);
  });

  it('gives a key an octave down no highs that the sound has not', () => {
    const low = stretchesOf(tone(20_000, OUT), { isLoop: true, speed: 0.5, toRate: OUT })!.read(0, OUT)[0];
    const wanted = low.map((_, n) => Math.sin((2 * Math.PI * 10_000 * n) / OUT));
    const level = rms(low) / rms(wanted);
    expect(
      errorDb(
        low,
        wanted.map((sample) => level * sample),
      ),
    ).toBeLessThan(-80);
  });

  it('is what --rate makes of a loop, round and round, stretch by stretch', () => {
    const loop = tone(1000, 48_000);
    const round = ringOfFrames(loop, 8820, OUT).channels[0];
    const stretches = stretchesOf(loop, { isLoop: true, speed: 1, toRate: OUT })!;
    const heard = [stretches.read(0, 6000), stretches.read(6000, 6000)].flatMap(([channel]) => [...channel]);
    expect(heard).toEqual(heard.map((_, n) => round[n % round.length]));
  });

  it('ends with the sound that plays once, and reads none too far from its pitch', () => {
    const hit = tone(1000, 48_000);
    expect(stretchesOf(hit, { isLoop: false, speed: 2, toRate: OUT })!.frameCount).toBe(4410);
    expect(stretchesOf(hit, { isLoop: false, speed: 100, toRate: OUT })).toBeNull();
  });
});

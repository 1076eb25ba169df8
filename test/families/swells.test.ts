import { describe, expect, it } from 'vitest';
import { tonalityOf } from '../../src/analysis/tonality.ts';
import { frameCount } from '../../src/dsp/sound.ts';
import { makeSwells } from '../../src/families/swells/make.ts';
import { chord, correlation, decibels, joined, mono, plucks, RATE, rms } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';
import { A_MINOR, bytes, wideSound } from './tonal.ts';

describe('makeSwells', () => {
  it('rises from zero and falls to zero, one of each transform, the original also backwards', async () => {
    const { textures } = await allOf(makeSwells, wideSound(8));
    expect(textures.map(({ variant }) => variant)).toEqual([
      '',
      'reversed',
      'pitch+7',
      'pitch+12',
      'stretch1.5x',
      'stretch2.0x',
    ]);
    for (const { sound, loop, index } of textures) {
      expect(loop).toBeNull();
      expect(textures[index - 1].sound).toBe(sound);
      expect(frameCount(sound)).toBe(6 * RATE);
      for (const channel of sound.channels) {
        expect(Math.abs(channel[0])).toBe(0);
        expect(Math.abs(channel[channel.length - 1])).toBe(0);
      }
    }
    const [forwards, backwards] = textures.map(({ sound }) => sound.channels[0]);
    expect(Buffer.compare(bytes(backwards.slice().reverse()), bytes(forwards))).toBe(0);
    // Half way up a raised cosine of 0.5 s the gain is a half.
    const body = rms(forwards, 2 * RATE, 4 * RATE);
    expect(decibels(rms(forwards, 0.24 * RATE, 0.26 * RATE) / body)).toBeCloseTo(-6, -0.5);
  });

  it('has the root of its moment in its sound, moved with it', async () => {
    const { textures } = await allOf(makeSwells, mono(chord([45, 52, 57], 8 * RATE)));
    const roots = textures.map(({ sound }) => tonalityOf(sound, false).root?.note);
    expect(roots).toEqual(textures.map(({ transposition = 0 }) => 45 + transposition));
    expect(new Set(textures.map(({ momentRoot }) => momentRoot?.note))).toEqual(new Set([45]));
  });

  it('fills a swell from a source that is too short, and squeezes fades that are too long', async () => {
    const settings = settingsWith({
      drones: {
        swell_duration_sec: 5,
        fade_in_sec: 20,
        fade_out_sec: 30,
        pitch_shift_semitones: [0],
        time_stretch_factors: [1],
      },
    });
    const { textures } = await allOf(makeSwells, wideSound(0.8), settings);
    const [samples] = textures[0].sound.channels;
    expect(samples).toHaveLength(5 * RATE);
    expect(rms(samples, 1.8 * RATE, 2.2 * RATE)).toBeGreaterThan(2 * rms(samples, 4.5 * RATE));
  });

  it('smears an extreme stretch even where the swell is short', async () => {
    const settings = settingsWith({
      drones: { swell_duration_sec: 1, pitch_shift_semitones: [0], time_stretch_factors: [1, 5] },
    });
    const { textures } = await allOf(makeSwells, wideSound(6), settings);
    const [plain, extreme] = [textures[0], textures[2]].map(({ sound }) => sound.channels[0]);
    expect(textures[2].variant).toBe('stretch5.0x');
    expect(extreme).toHaveLength(RATE);
    expect(Math.abs(correlation(plain, extreme))).toBeLessThan(0.9);
  });

  it('takes the still part, not the plucks', async () => {
    const busy = plucks([0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8], 440, 6 * RATE, 0.4);
    const source = mono(joined(busy, chord(A_MINOR, 7 * RATE, 0.4)));
    const settings = settingsWith({
      drones: { swell_duration_sec: 4, pitch_shift_semitones: [0], time_stretch_factors: [1] },
    });
    const { textures } = await allOf(makeSwells, source, settings);
    expect(textures[0].origin.startSec).toBeGreaterThan(5.9);
  });
});

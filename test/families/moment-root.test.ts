import { describe, expect, it } from 'vitest';
import { estimateRoot } from '../../src/analysis/root.ts';
import type { Settings } from '../../src/config/settings.ts';
import { finishTexture } from '../../src/curation/finish.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { makeClouds } from '../../src/families/clouds/make.ts';
import { makeDrones } from '../../src/families/drones/make.ts';
import type { MakerReason } from '../../src/families/lookup.ts';
import { makePadLoops } from '../../src/families/pads/pad-loops.ts';
import { momentRoot } from '../../src/families/shared/moment-root.ts';
import { makeSwells } from '../../src/families/swells/make.ts';
import type { Maker, Texture } from '../../src/families/texture.ts';
import { mixed, mono, noise, RATE, sine } from '../signals.ts';
import { allOf, materialOf, settingsWith } from './making.ts';

/** A2 with sixty partials: of those that a high-pass leaves, some would be taken for roots. */
const A2 = mixed(...Array.from({ length: 60 }, (_, i) => sine(110 * (i + 1), 12 * RATE, 0.2 / (i + 1))));

describe('the root of a moment', () => {
  const source = estimateRoot(mono(A2))!;

  it('is the source’s where they share a pitch class, whatever the octave', () => {
    const octaveUp = mono(sine(220, RATE));
    expect(estimateRoot(octaveUp)!.note).toBe(57);
    expect(momentRoot(octaveUp, { root: source })).toEqual(source);
    expect(source.note).toBe(45);
  });

  it('is its own where it is another, and where the source has none', () => {
    const other = mono(sine(261.63, RATE));
    expect(momentRoot(other, { root: source })!.note).toBe(60);
    expect(momentRoot(other, { root: null })!.note).toBe(60);
  });

  it('is none in noise', () => {
    expect(momentRoot(mono(noise(2 * RATE, 0.3)), { root: source })).toBeNull();
  });
});

describe('the roots that are told of a source', () => {
  const settings = settingsWith({
    drones: {
      pitch_shift_semitones: [0, 7, 12],
      time_stretch_factors: [1],
      pad_loop_duration_sec: 2,
      swell_duration_sec: 2,
      drone_duration_sec: 6,
    },
  });
  const makers: [string, Maker<Settings, MakerReason>][] = [
    ['pad loops', makePadLoops],
    ['swells', makeSwells],
    ['drones', makeDrones],
    ['clouds', makeClouds],
  ];

  it.each(makers)('%s: that of their moment, moved as far as they are', async (_, maker) => {
    const sound: Sound = mono(A2);
    const { analysis } = await materialOf(sound);
    const { textures } = await allOf(maker, sound, settings);
    expect(textures.length).toBeGreaterThan(0);
    for (const texture of textures as Texture[]) {
      const { root } = finishTexture(texture, { name: 'source', analysis, settings });
      expect(root!.note).toBe(45 + (texture.transposition ?? 0));
      expect(Math.abs(root!.cents)).toBeLessThan(5);
    }
  });
});

/** A gain is an accident of recording and mastering: whatever it is, the same moments give the same sounds. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { PartialSettings } from '../../src/config/settings.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { analyseMaterial } from '../../src/engine/material.ts';
import { makeClouds } from '../../src/families/clouds/make.ts';
import { mineDrums } from '../../src/families/drums/make.ts';
import { makeHiss } from '../../src/families/hiss/make.ts';
import { makePads } from '../../src/families/pads/make.ts';
import { mineRoomTone } from '../../src/families/room-tone/make.ts';
import { makeSwells } from '../../src/families/swells/make.ts';
import { isTexture, type Material, type Texture } from '../../src/families/texture.ts';
import { randomFor, settingsWith } from '../families/making.ts';
import { chord, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const MAKERS = {
  pads: makePads,
  clouds: makeClouds,
  swells: makeSwells,
  hiss: makeHiss,
  'drum hits': mineDrums,
  'room tone': mineRoomTone,
};
const FAMILIES = Object.keys(MAKERS) as (keyof typeof MAKERS)[];

/** Noise that is struck four times a second. */
const burst = (frames: number) =>
  noise(frames, 0.3, 'beat').map((x, n) => x * Math.exp(-(n % (RATE / 4)) / (0.02 * RATE)));
/** Held chords, one of them 18 dB under the other, hits, and the room between, as converters hear it. */
const SONG = joined(
  mixed(chord([45, 52, 57], 3 * RATE, 0.3), noise(3 * RATE, 0.0005)),
  mixed(plucks([0, 0.25, 0.5, 0.75], 220, RATE), burst(RATE)),
  noise(RATE, 0.001, 'room'),
  mixed(chord([48, 55, 64], 3 * RATE, 0.04), noise(3 * RATE, 0.0005, 'more')),
);
const SHORT = settingsWith({
  clouds: { clouds_per_source: 1, cloud_duration_sec: 2 },
  pad_miner: { target_durations_sec: [1] },
  drones: { swell_duration_sec: 1, pitch_shift_semitones: [0], time_stretch_factors: [1] },
  hiss: { hiss_loops_per_source: 1, loop_duration_sec: 1, flicker_count: 3 },
  room_tone: { loop_duration_sec: 1 },
});

/** What a run makes its textures of. */
function materialAt(samples: Float32Array): Promise<Material> {
  const facts = { format: 'WAV', encoding: 'float', bitDepth: 32, channelCount: 1 };
  const opened = { ...soundReader(mono(samples)), facts, warnings: [], close: async () => {} };
  return analyseMaterial(opened, 'song', SHORT, () => {});
}

async function texturesOf(family: keyof typeof MAKERS, samples: Float32Array, settings = SHORT) {
  const textures: Texture[] = [];
  for await (const made of MAKERS[family](await materialAt(samples), settings, randomFor('gain'))) {
    if (isTexture(made)) textures.push(made);
  }
  return textures;
}
const times = (gain: number) => SONG.map((x) => x * gain);
const asOf24Bits = (samples: Float32Array) => samples.map((x) => Math.round(x * 2 ** 23) / 2 ** 23);
const startsOf = (textures: readonly Texture[]) => textures.map(({ origin }) => origin.startSec);

describe.each(FAMILIES)('a source of another gain gives the same %s', (family) => {
  it.each([2 ** -2, 2 ** -4, 2 ** 3])('to the last bit, times %f', async (gain) => {
    const usual = await texturesOf(family, SONG);
    expect(usual.length).toBeGreaterThan(0);
    const same = await texturesOf(family, times(gain));
    expect(startsOf(same)).toEqual(startsOf(usual));
    // Held against each other here: a difference would be printed sample by sample.
    const isSame = same.every(({ sound }, i) => isDeepStrictEqual(sound, usual[i].sound));
    expect(isSame).toBe(true);
  });

  it('at the same places, 24 dB softer in 24 bits', async () => {
    const usual = await texturesOf(family, SONG);
    expect(startsOf(await texturesOf(family, asOf24Bits(times(0.063))))).toEqual(startsOf(usual));
  });
});

describe('a level that a config states', () => {
  it.each<[keyof typeof MAKERS, PartialSettings]>([
    ['pads', { pad_miner: { min_rms_db: -40, target_durations_sec: [1] } }],
    ['clouds', { pre_analysis: { min_rms_db: -40 } }],
    ['drum hits', { drum_miner: { min_peak_db: -40 } }],
    ['room tone', { room_tone: { min_rms_db: -80, max_rms_db: -45 } }],
  ])('counts in dBFS, whatever the level of the source: %s', async (family, stated) => {
    const settings = settingsWith({ ...stated });
    expect((await texturesOf(family, SONG, settings)).length).toBeGreaterThan(0);
    expect(startsOf(await texturesOf(family, times(2 ** -12), settings))).toEqual([]);
  });
});

describe('what clips', () => {
  // A chord whose tops are cut off at full scale.
  const cut = chord([45, 52, 57], 3 * RATE, 2.4).map((x) => Math.max(-1, Math.min(1, x)));
  const pads = { target_durations_sec: [1], min_stability: 0, max_candidates_per_file: 1 };
  const startsWith = async (samples: Float32Array, skip_clipped_regions: boolean) =>
    startsOf(
      await texturesOf(
        'pads',
        samples,
        settingsWith({ pad_miner: pads, pre_analysis: { skip_clipped_regions, separate: 'off' } }),
      ),
    );

  it('is used where there is nothing else, and left out on demand', async () => {
    expect(await startsWith(cut, false)).toHaveLength(1);
    expect(await startsWith(cut, true)).toEqual([]);
  });
});

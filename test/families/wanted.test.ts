import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { RealFft } from '../../src/dsp/fft.ts';
import { mineDrums } from '../../src/families/drums/make.ts';
import type { MakerReason } from '../../src/families/lookup.ts';
import { mineRoomTone } from '../../src/families/room-tone/make.ts';
import { makeSwells } from '../../src/families/swells/make.ts';
import {
  isTexture,
  isUnwanted,
  type Made,
  type Maker,
  type Texture,
  type Unwanted,
} from '../../src/families/texture.ts';
import { chord, joined, mono, noise, RATE } from '../signals.ts';
import { hat, kick, played, snare } from './drumming.ts';
import { givenBy, materialOf, settingsWith } from './making.ts';

const BEAT = played(
  Array.from({ length: 8 }, (_, i) => [0.1 + 0.25 * i, [kick(), hat(i), snare(i)][i % 3]] as const),
  2.3,
);
const MUSIC = chord([60, 64, 67], RATE, 0.5);
const SONG = joined(MUSIC, noise(RATE, 0.002, 'room'), MUSIC, noise(RATE, 0.004, 'other'), MUSIC);
const GRAINS = settingsWith({ room_tone: { keep_grains: true, loop_duration_sec: 1 } });
const SHORT = settingsWith({ drones: { swell_duration_sec: 1 } });

afterEach(() => vi.restoreAllMocks());

/** Frames that are read of a source. */
function counted(material: Awaited<ReturnType<typeof materialOf>>) {
  const count = { frames: 0 };
  const { reader } = material;
  const read = (start: number, length: number) => {
    count.frames += length;
    return reader.read(start, length);
  };
  return { material: { ...material, reader: { ...reader, read } }, count };
}

function startOf(made: Made<MakerReason> | Unwanted): number {
  return (made as Texture).origin.startSec;
}

describe('a maker of which one texture is wanted', () => {
  it.each<[string, Maker<Settings, MakerReason>, Float32Array, Settings]>([
    ['drum hits', mineDrums, BEAT, settingsWith({})],
    ['room tone and grains of it', mineRoomTone, SONG, GRAINS],
    ['swells', makeSwells, chord([57, 60, 64], 3 * RATE), SHORT],
  ])('makes no other of its %s, and that one as ever', async (_, maker, samples, settings) => {
    const material = await materialOf(mono(samples));
    const all = (await givenBy(maker, { ...material }, settings)).filter(isTexture);
    expect(all.length).toBeGreaterThan(2);
    // Of swells the first comes with its reverse.
    const number = all.length;
    const wanted = await givenBy(
      maker,
      { ...material, wants: new Map([[number, startOf(all[number - 1])]]) },
      settings,
    );
    expect(wanted.map(isUnwanted)).toEqual(all.map((_, i) => i + 1 !== number));
    expect(wanted[number - 1] as Texture).toEqual(all[number - 1]);
  });

  it('reads the hits that it compares, and of all others nothing', async () => {
    const base = await materialOf(mono(BEAT));
    const [every, one] = [counted(base), counted(base)];
    const made = (await givenBy(mineDrums, every.material)).filter(isTexture);
    // Somewhere else than it was, so all are held against each other as when they were first made.
    const [given] = (
      await givenBy(mineDrums, { ...one.material, wants: new Map([[made.length, 0.05]]) })
    ).filter(isTexture);
    expect(given).toEqual(made.at(-1));
    const cut = made.slice(0, -1).reduce((sum, { sound }) => sum + sound.channels[0].length, 0);
    expect(every.count.frames - one.count.frames).toBeGreaterThanOrEqual(0.9 * cut);
  });

  it('compares no hits where the one that is wanted lies where it did', async () => {
    const base = await materialOf(mono(BEAT));
    const made = (await givenBy(mineDrums, base)).filter(isTexture);
    const last = made.at(-1)!;
    const prints = vi.spyOn(RealFft.prototype, 'forward');
    const given = await givenBy(mineDrums, { ...base, wants: new Map([[made.length, startOf(last)]]) });
    const transforms = prints.mock.calls.length;
    expect(given.filter(isTexture)).toEqual([last]);
    prints.mockClear();
    // In the manifest it stands to the microsecond.
    const rounded = Number(startOf(last).toFixed(6));
    await givenBy(mineDrums, { ...base, wants: new Map([[made.length, rounded]]) });
    expect(prints.mock.calls.length).toBe(transforms);
    prints.mockClear();
    await givenBy(mineDrums, { ...base, wants: new Map([[made.length, 0.05]]) });
    expect(prints.mock.calls.length).toBeGreaterThanOrEqual(transforms + made.length);
  });

  it.each([Number.NaN, -1, 0, 1.5, 1e9])(
    'looks anew for a hit numbered %d, as an edited manifest has it',
    async (number) => {
      const base = await materialOf(mono(BEAT));
      const [first] = (await givenBy(mineDrums, base)).filter(isTexture);
      const given = await givenBy(mineDrums, { ...base, wants: new Map([[number, startOf(first)]]) });
      expect(given.filter(isTexture)).toEqual([]);
    },
  );
});

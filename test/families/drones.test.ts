import { describe, expect, it } from 'vitest';
import { tonalityOf } from '../../src/analysis/tonality.ts';
import { frameCount } from '../../src/dsp/sound.ts';
import { makeDrones } from '../../src/families/drones/make.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import { chord, correlation, mono, RATE } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';
import { bytes, wideSound } from './tonal.ts';

describe('makeDrones', () => {
  it('makes one long ring that closes unheard and keeps the image', async () => {
    const sound = wideSound(6);
    const { textures } = await allOf(makeDrones, sound);
    expect(textures).toHaveLength(1);
    const [drone] = textures;
    expect(drone.loop).toEqual({ kind: 'ring' });
    expect(frameCount(drone.sound)).toBe(16 * RATE);
    expect(seamSeverity(placeWrap(drone.sound, null).seam)).toBeLessThanOrEqual(1);
    const [left, right] = drone.sound.channels;
    const image = correlation(sound.channels[0], sound.channels[1]);
    expect(Math.abs(correlation(left, right) - image)).toBeLessThan(0.1);
  });

  it('has the root of its source in its sound', async () => {
    const settings = settingsWith({ drones: { drone_duration_sec: 4 } });
    const { textures } = await allOf(makeDrones, mono(chord([45, 52, 57], 4 * RATE)), settings);
    expect(textures.map(({ sound }) => tonalityOf(sound, true).root?.note)).toEqual([45]);
  });

  it('says the root of its moment as it is in the source, wherever it is moved to', async () => {
    for (const target_key of [null, 'C maj']) {
      const settings = settingsWith({ drones: { drone_duration_sec: 4 }, musicality: { target_key } });
      const { textures } = await allOf(makeDrones, mono(chord([45, 52, 57], 4 * RATE)), settings);
      expect(textures.map(({ momentRoot }) => momentRoot?.note)).toEqual([45]);
    }
  });

  it('makes none where the duration is 0', async () => {
    const settings = settingsWith({ drones: { drone_duration_sec: 0 } });
    expect((await allOf(makeDrones, wideSound(2), settings)).textures).toEqual([]);
  });

  it.each([
    [8, 4],
    [40, 10],
  ])('of %i s wanders through %i s of source', async (drone_duration_sec, seconds) => {
    const settings = settingsWith({ drones: { drone_duration_sec } });
    const [{ origin }] = (await allOf(makeDrones, wideSound(12), settings)).textures;
    expect(origin.endSec - origin.startSec).toBeCloseTo(seconds, 3);
  });

  it('gives the same bytes for the same seed, other bytes for another', async () => {
    const settings = settingsWith({ drones: { drone_duration_sec: 2 } });
    const drone = async (seed: number) =>
      bytes((await allOf(makeDrones, wideSound(3), settings, seed)).textures[0].sound.channels[0]);
    expect(Buffer.compare(await drone(1), await drone(1))).toBe(0);
    expect(Buffer.compare(await drone(1), await drone(2))).not.toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { mineRoomTone } from '../../src/families/room-tone/make.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import { chord, correlation, decibels, joined, mixed, mono, noise, RATE, rms } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';

/** Music, then a second of its room, then music again. Noise of amplitude a has a level of a/√3. */
const MUSIC = chord([60, 64, 67], RATE, 0.5);
const ROOM = noise(Math.round(1.5 * RATE), 0.002, 'room');
const SONG = joined(MUSIC, ROOM, MUSIC);

describe('mineRoomTone', () => {
  it('finds the room between the music, and draws it out into a ring that closes', async () => {
    const { textures } = await allOf(mineRoomTone, mono(SONG));
    expect(textures).toHaveLength(1);
    const [{ sound, loop, origin, targetPeakDb }] = textures;
    expect(origin.startSec).toBeGreaterThanOrEqual(1);
    expect(origin.endSec).toBeLessThanOrEqual(2.5);
    expect(origin.endSec - origin.startSec).toBeGreaterThan(1);
    expect(sound.channels[0].length).toBe(4 * RATE);
    expect(loop).toEqual({ kind: 'ring' });
    expect(targetPeakDb).toBe(-12);
    expect(seamSeverity(placeWrap(sound, null).seam)).toBeLessThanOrEqual(1);
  });

  it('is as loud as the room, evenly, and not itself again', async () => {
    const { textures } = await allOf(mineRoomTone, mono(SONG));
    const [ring] = textures[0].sound.channels;
    const level = decibels(rms(ring) / rms(ROOM));
    expect(Math.abs(level)).toBeLessThan(0.5);
    const tenths = Array.from({ length: 40 }, (_, i) => decibels(rms(ring, i * 4410, (i + 1) * 4410)));
    expect(Math.max(...tenths) - Math.min(...tenths)).toBeLessThan(3);
    const [one, other] = [ring.subarray(0, 2 * RATE), ring.subarray(2 * RATE, 4 * RATE)];
    expect(Math.abs(correlation(one, other))).toBeLessThan(0.2);
  });

  it('keeps the image of a stereo room', async () => {
    const [shared, left, right] = [0, 1, 2].map((seed) => noise(3 * RATE, 0.001, seed));
    const channels = [mixed(shared, left), mixed(shared, right)];
    const { textures } = await allOf(mineRoomTone, { sampleRate: RATE, channels });
    const [one, other] = textures[0].sound.channels;
    expect(correlation(one, other)).toBeGreaterThan(0.4);
    expect(correlation(one, other)).toBeLessThan(0.6);
  });

  it('refuses digital silence, and what a fade-out leaves of it', async () => {
    const faded = ROOM.map((value, n) =>
      n < RATE / 2 ? 0 : Math.round((value * 32768) / 400) * (400 / 32768),
    );
    const { textures, skipped } = await allOf(
      mineRoomTone,
      mono(joined(MUSIC, new Float32Array(RATE), faded)),
    );
    expect(textures).toHaveLength(0);
    expect(skipped[0].words).toMatch(/\d+ digitally silent/);
  });

  it('refuses music that fades out', async () => {
    const song = chord([60, 64, 67], 12 * RATE, 0.5);
    const faded = song.map((v, n) => v * 10 ** ((-7 * Math.max(0, n / RATE - 1)) / 20));
    const { textures, skipped } = await allOf(mineRoomTone, mono(faded));
    expect(textures).toHaveLength(0);
    expect(skipped[0].words).toMatch(/\d+ in its fade-out/);
  });

  it.each([
    ['loud', MUSIC, /\d+ too loud.*room_tone.max_rms_db/],
    ['quieter than any room', noise(RATE, 0.00005), /\d+ too quiet.*room_tone.min_rms_db/],
    [
      'clicks',
      noise(RATE, 0.001).map((v, n) => (n % 4000 === 0 ? 0.05 : v)),
      /\d+ with too much peak over RMS.*max_crest_factor/,
    ],
    [
      'moving',
      noise(2 * RATE, 0.004).map((v, n) => v * 10 ** (Math.sin((2 * Math.PI * n) / RATE / 0.4) / 2)),
      /\d+ with a level that moves.*max_level_change_db/,
    ],
  ])('counts what it refused, and why: all that is %s', async (_, samples, reason) => {
    const stated = settingsWith({ room_tone: { min_rms_db: -80, max_rms_db: -45 } });
    const { textures, skipped } = await allOf(mineRoomTone, mono(samples), stated);
    expect(textures).toHaveLength(0);
    expect(skipped).toHaveLength(1);
    expect(skipped[0].words).toMatch(reason);
  });

  it('makes one ring of one room, however often it is heard, and another of another', async () => {
    const again = joined(MUSIC, ROOM, MUSIC, noise(RATE, 0.002, 'again'), MUSIC);
    expect((await allOf(mineRoomTone, mono(again))).textures).toHaveLength(1);
    const softer = joined(again, noise(RATE, 0.001, 'softer'), MUSIC);
    expect((await allOf(mineRoomTone, mono(softer))).textures).toHaveLength(1);
    const hum = mixed(noise(RATE, 0.0005, 'dark'), chord([45], RATE, 0.006));
    expect((await allOf(mineRoomTone, mono(joined(again, hum, MUSIC)))).textures).toHaveLength(2);
  });

  it('draws no ring out of two levels of a room', async () => {
    const stepped = joined(noise(RATE, 0.002, 'door open'), noise(RATE, 0.0005, 'door closed'));
    const { textures } = await allOf(mineRoomTone, mono(stepped));
    expect(textures).toHaveLength(1);
    expect(textures[0].origin.endSec - textures[0].origin.startSec).toBeLessThan(1.2);
  });

  it('keeps the grains too where they are asked for, none overlapping, faded at both ends', async () => {
    const settings = settingsWith({ room_tone: { keep_grains: true, max_extracted: 3 } });
    const { textures } = await allOf(mineRoomTone, mono(SONG), settings);
    const grains = textures.filter(({ naming }) => naming === 'silence_grain');
    expect(grains.map(({ index }) => index)).toEqual([1, 2, 3]);
    grains.forEach(({ sound, loop, origin }, i) => {
      expect(loop).toBeNull();
      expect(sound.channels[0]).toHaveLength(Math.round(0.3 * RATE));
      expect([sound.channels[0][0], sound.channels[0].at(-1)!].map(Math.abs)).toEqual([0, 0]);
      if (i > 0) expect(origin.startSec).toBeGreaterThanOrEqual(grains[i - 1].origin.endSec - 1e-9);
    });
  });
});

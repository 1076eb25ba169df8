import { describe, expect, it } from 'vitest';
import { harmonicReader } from '../../src/analysis/harmonic-reader.ts';
import { type Sound, soundReader } from '../../src/dsp/sound.ts';
import { makePads } from '../../src/families/pads/make.ts';
import { harmonicPassage } from '../../src/families/shared/harmonic-passage.ts';
import { isTexture, type Material, type Texture } from '../../src/families/texture.ts';
import { courseSeverity } from '../../src/loops/course.ts';
import { chord, joined, mixed, noise, plucks, RATE } from '../signals.ts';
import { allOf, materialOf, settingsWith } from './making.ts';

/** Two chords of seven seconds, with and without drums that never stop: bursts of noise, six a second. */
const drums = noise(14 * RATE, 0.5, 'drums').map(
  (x, n) => x * Math.exp(-(n % Math.round(RATE / 6)) / (0.025 * RATE)),
);
const chords = joined(chord([45, 52, 57, 61], 7 * RATE), chord([50, 57, 62, 65], 7 * RATE));
const twice = (samples: Float32Array): Sound => ({
  sampleRate: RATE,
  channels: [samples, samples.map((x) => 0.5 * x)],
});
const drummed = twice(mixed(chords, drums));
const half = twice(
  mixed(
    chords,
    drums.map((x, n) => (n < 10.5 * RATE ? x : 0)),
  ),
);

const settingsFor = (separate: 'off' | 'harmonic' | 'auto') => settingsWith({ pre_analysis: { separate } });

/** Its pads, and how often its source was read. */
async function mined(sound: Sound, separate: 'off' | 'harmonic' | 'auto') {
  const material = await materialOf(sound);
  let reads = 0;
  const reader = {
    ...material.reader,
    read: (start: number, count: number) => {
      reads++;
      return material.reader.read(start, count);
    },
  };
  const pads = [];
  for await (const made of makePads({ ...material, reader }, settingsFor(separate))) {
    if (isTexture(made)) pads.push(made);
  }
  return { pads, reads };
}

describe('pads where drums never stop', () => {
  it('come from the harmonic part, in auto as in harmonic, and not at all from the mix', async () => {
    const { textures: whole } = await allOf(makePads, drummed, settingsFor('off'));
    expect(whole).toHaveLength(0);
    const [auto, harmonic] = [await mined(drummed, 'auto'), await mined(drummed, 'harmonic')];
    expect(auto.pads.length).toBeGreaterThanOrEqual(2);
    expect(auto.pads.every(({ part }) => part === 'harmonic')).toBe(true);
    expect(auto.pads.map(({ origin }) => origin)).toEqual(harmonic.pads.map(({ origin }) => origin));
  });

  it('keep their image: sides of one sound at two levels stay so', async () => {
    const { pads } = await mined(drummed, 'auto');
    const [left, right] = pads[0].sound.channels;
    const most = left.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
    for (let n = 0; n < left.length; n += 97)
      expect(Math.abs(right[n] - 0.5 * left[n])).toBeLessThan(1e-5 * most + 1e-7);
  });

  it('lie where they say in the source, and the search for their loop too', async () => {
    const material = { ...(await materialOf(drummed)), recordsLoops: true };
    for await (const made of makePads(material, settingsFor('auto'))) {
      if (!isTexture(made)) continue;
      const { loop, origin } = made;
      const search = loop?.kind === 'splice' ? loop.search : undefined;
      const chosen = search?.candidates.find(({ isChosen }) => isChosen);
      expect(chosen?.startSec).toBeCloseTo(origin.startSec, 2);
      expect(origin.endSec).toBeLessThanOrEqual(14);
    }
  });
});

describe('auto', () => {
  it('leaves the harmonic part alone where the mix gives enough', async () => {
    const plain = twice(joined(chord([45, 52, 57, 61], 7 * RATE), chord([50, 57, 62, 65], 7 * RATE)));
    const [auto, off] = [await mined(plain, 'auto'), await mined(plain, 'off')];
    expect(off.pads).toHaveLength(3);
    expect(auto.pads.map(({ origin }) => origin)).toEqual(off.pads.map(({ origin }) => origin));
    expect(auto.reads).toBe(off.reads);
  });

  it('takes from the harmonic part only what is missing, elsewhere', async () => {
    const { pads } = await mined(half, 'auto');
    expect(pads).toHaveLength(3);
    const ofWhole = pads.filter(({ part }) => part === 'whole');
    expect(ofWhole.length).toBeGreaterThan(0);
    expect(ofWhole.every(({ origin }) => origin.startSec > 10.4)).toBe(true);
    const ofHarmonic = pads.filter(({ part }) => part === 'harmonic');
    expect(ofHarmonic.some(({ origin }) => origin.endSec < 10.5)).toBe(true);
    expect(pads.map(({ index }) => index)).toEqual([1, 2, 3]);
  });
});

describe('a moment in which a note is struck', () => {
  /** A chord of 3.4 s with a loud note in its middle, then chords under drums. */
  const note = plucks([1.7], 880, 3.4 * RATE, 0.25);
  const struck = mixed(chord([45, 57, 60, 64], 3.4 * RATE), note);
  const quietDrums = drums.map((x) => 0.6 * x);
  const song = joined(quietDrums.slice(0, 3 * RATE), struck, mixed(chords, quietDrums));
  const sound = twice(mixed(song, noise(song.length, 0.002)));
  const severity = ({ loop }: Texture) => (loop?.kind === 'splice' ? courseSeverity(loop.course) : NaN);

  it('is taken where the mix gives nothing else and its harmonic part is not looked at', async () => {
    const { pads } = await mined(sound, 'off');
    expect(pads).toHaveLength(1);
    expect(severity(pads[0])).toBeGreaterThan(1);
  });

  it('is left where the harmonic part gives pads', async () => {
    const settings = settingsWith({ pad_miner: { max_candidates_per_file: 1 } });
    const { textures: pads } = await allOf(makePads, sound, settings);
    expect(pads.map(({ part }) => part)).toEqual(['harmonic']);
    expect(severity(pads[0])).toBeLessThan(1);
  });
});

describe('harmonicPassage', () => {
  it('keeps the gain and the ceiling of the whole, which levels stated in dBFS are read by', async () => {
    const material = await materialOf(drummed);
    const whole = { ...material, analysis: { ...material.analysis, gain: 0.25, ceiling: 1.5 } };
    const { analysis } = await harmonicPassage(whole, { start: 0, length: RATE });
    expect(analysis).toMatchObject({ gain: 0.25, ceiling: 1.5 });
  });

  it('is the same samples as of the whole, with the beat and key of the whole', async () => {
    const whole: Material = await materialOf(drummed);
    const range = { start: 3 * RATE + 17, length: 2 * RATE };
    const { reader, analysis, passage } = await harmonicPassage(whole, range);
    expect(passage).toEqual({ start: range.start });
    expect([analysis.tempo, analysis.key]).toEqual([whole.analysis.tempo, whole.analysis.key]);
    const kept = await reader.read(0, range.length);
    const all = await harmonicReader(soundReader(drummed)).read(0, 14 * RATE);
    const differs = kept.channels[1].findIndex((x, n) => x !== all.channels[1][range.start + n]);
    expect(differs).toBe(-1);
  });

  it('is the same in one piece as in blocks', async () => {
    const whole: Material = await materialOf(drummed);
    const kept = await (await harmonicPassage(whole, { start: 0, length: 13 * RATE })).reader.read(
      0,
      13 * RATE,
    );
    const piece = await harmonicReader(soundReader(drummed)).read(2 ** 19 - 400, 1000);
    expect(kept.channels[0].subarray(2 ** 19 - 400, 2 ** 19 + 600)).toEqual(piece.channels[0]);
  });
});

/** The Deluge's card, as `afterglow kit --profile deluge` fills it, against the rules of its firmware. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { attackParam, LEAST, MOST, param, releaseParam } from '../../src/targets/deluge/params.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { readWav } from '../palette/kit-checker.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { elementsOf, readXml, textOf, type XmlNode } from './readers.ts';

const profileOf = (folder: string) =>
  parseProfile(
    JSON.stringify({ version: 1, id: 'mine', device: 'Mine', target: 'deluge', folder, chunks: ['smpl'] }),
    'mine.json',
  );

const pad: MadeTexture = {
  family: 'pad',
  source: 'a',
  sampleRate: 44_100,
  bitDepth: 24,
  channelCount: 2,
  seconds: 0.1,
  loops: true,
};
const swell: MadeTexture = { ...pad, family: 'swell', loops: false };
const hit: MadeTexture = { ...pad, family: 'drum', seconds: 0.02, loops: false };

it('is synths, a kit, and samples', async () => {
  // The first has a root, F sharp 2 and 12.5 cents.
  const site = await madeExport([pad, pad, swell, hit, hit]);
  const request = { ...site, profile: profileOf('SAMPLES/{kit}'), name: 'K', force: false };
  const { files, folder } = await makeKit(nodePlatform, request);
  const read = async (path: string) => readXml(await readFile(join(folder, path), 'utf8'));
  /** The sample of a sound, after what holds for each. */
  const sampleOf = async (sound: XmlNode) => {
    const [osc] = elementsOf(sound, 'osc1');
    expect([textOf(osc, 'type'), textOf(osc, 'timeStretchEnable'), textOf(osc, 'reversed')]).toEqual([
      'sample',
      '0',
      '0',
    ]);
    const path = textOf(osc, 'fileName');
    const wav = readWav(await readFile(join(folder, path)));
    const [zone] = elementsOf(osc, 'zone');
    // The end is the frame behind, and a loop from the first frame is said by no points at all.
    expect(zone.children.map(({ name, text }) => [name, text])).toEqual([
      ['startSamplePos', '0'],
      ['endSamplePos', String(wav.frames)],
    ]);
    for (const { text } of [...elementsOf(sound, 'envelope1')[0].children]) {
      expect(text).toMatch(/^0x[0-9A-F]{8}$/);
    }
    return { path, mode: textOf(osc, 'loopMode'), tune: [textOf(osc, 'transpose'), textOf(osc, 'cents')] };
  };
  const synths = await Promise.all(
    files.slice(0, 3).map(async ({ file }) => {
      const sound = await read(file.replace('SAMPLES', 'SYNTHS').replace(/wav$/, 'XML'));
      expect([sound.name, Object.keys(sound.attributes)]).toEqual([
        'sound',
        ['firmwareVersion', 'earliestCompatibleFirmware'],
      ]);
      const sample = await sampleOf(sound);
      expect(sample.path).toBe(file);
      return sample;
    }),
  );
  expect(synths.map(({ mode }) => mode)).toEqual(['2', '2', '0']);
  // 60 - 42.125 is 18 semitones less 12.5 cents.
  expect(synths.map(({ tune }) => tune)).toEqual([
    ['18', '-12'],
    ['0', '0'],
    ['0', '0'],
  ]);
  const kit = await read('KITS/K.XML');
  const sounds = elementsOf(kit, 'sound');
  expect([kit.name, sounds.length]).toEqual(['kit', 2]);
  for (const [i, sound] of sounds.entries()) {
    expect(await sampleOf(sound)).toEqual({ path: files[3 + i].file, mode: '1', tune: ['0', '0'] });
  }
});

it('has times as the knobs of the firmware have them', () => {
  // By its tables, an attack of 25 lasts 46.44 ms and a release of 30 lasts 1.829 s; a knob's step is 85,899,345.
  const knob = (figure: number) => (figure + 2 ** 31) / 85_899_345;
  expect(knob(attackParam(0.04644))).toBeCloseTo(25, 1);
  expect(knob(attackParam(2.972))).toBeCloseTo(50, 1);
  expect(knob(releaseParam(1.829))).toBeCloseTo(30, 1);
  expect(Math.abs(knob(releaseParam(1.3587)) - 25)).toBeLessThan(1);
  expect([attackParam(0), releaseParam(0), releaseParam(60)]).toEqual([LEAST, LEAST, MOST]);
  expect([LEAST, -1, 0, MOST].map(param)).toEqual(['0x80000000', '0xFFFFFFFF', '0x00000000', '0x7FFFFFFF']);
});

it('says where its samples must lie', () => {
  expect(() => profileOf('{kit}')).toThrow(/folder: must begin with SAMPLES\//);
});

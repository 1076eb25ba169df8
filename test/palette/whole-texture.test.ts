import { readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { INSTRUMENT_FORMATS, writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit } from '../../src/palette/kit.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { chosenTextures } from '../../src/palette/texture-choice.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { madeExport } from './made-export.ts';

const PAD = { family: 'pad', sampleRate: 44_100, bitDepth: 24, channelCount: 1, loops: true } as const;
let site: Awaited<ReturnType<typeof madeExport>>;

// Of three pads the second is cut off in the middle, and the third is gone.
beforeAll(async () => {
  site = await madeExport(['whole', 'cut', 'gone'].map((source) => ({ ...PAD, source, seconds: 0.2 })));
  await truncate(join(site.exportFolder, site.paths[1]), 44 + 3 * 4410);
  await rm(join(site.exportFolder, site.paths[2]));
});

it('a kit names textures that were cut off or are gone, and has neither', async () => {
  const profile = await readProfile(nodePlatform, 'octatrack');
  const kit = await makeKit(nodePlatform, { ...site, profile, name: 'K', force: false });
  expect(kit.files.map(({ texture }) => texture.path)).toEqual([site.paths[0]]);
  expect(kit.leftOut).toMatchObject([
    {
      texture: { path: site.paths[1] },
      reason: { code: 'unreadable', message: expect.stringContaining('was cut off') },
    },
  ]);
  expect(kit.missing).toEqual([site.paths[2]]);
  const table = await readFile(join(kit.folder, 'KIT.csv'), 'utf8');
  expect(table).toMatch(new RegExp(`^,${site.paths[2]},.*,its file is gone,$`, 'm'));
});

it('so do instruments, whether they hold sounds or name files', async () => {
  const request = { ...site, name: 'I', formats: INSTRUMENT_FORMATS, out: null, root: null, force: false };
  const { failed, missing, instruments } = await writeInstruments(nodePlatform, request);
  expect(failed).toEqual([{ path: site.paths[1], message: expect.stringContaining('was cut off') }]);
  expect(missing).toEqual([site.paths[2]]);
  expect(instruments.find(({ scope }) => scope === 'palette')?.textures).toBe(1);
});

it('says which figures of a manifest cannot be, and takes them as unknown', async () => {
  const row = {
    root_note: 'A4',
    root_cents: 4000,
    root_confidence: 1,
    channels: 7,
    sample_rate: 0,
    detected_key: 'X major',
  };
  const edited = await madeExport([{ ...PAD, source: 'a', seconds: 0.2, row }]);
  const choice = await chosenTextures(nodePlatform, edited);
  expect(choice.impossible.map(({ column, cell }) => `${column} ${cell}`).sort()).toEqual([
    'channels 7',
    'detected_key X major',
    'root_cents 4000.0',
    'sample_rate 0',
  ]);
  expect(choice.textures).toMatchObject([{ root: null, channelCount: 1, key: '' }]);
});

/** Which files of a kit, of instruments and of a selection are the engine's: by their record, or, in older ones, by what they say. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOLDER_RECORD } from '../../src/archive/folder-record.ts';
import { ownFolder } from '../../src/archive/own-folder.ts';
import { ENGINE_VERSION } from '../../src/engine/version.ts';
import { curate } from '../../src/palette/curate.ts';
import { INSTRUMENT_FORMATS, writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit } from '../../src/palette/kit.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { type MadeTexture, madeExport } from './made-export.ts';

const pad: MadeTexture = {
  family: 'pad',
  source: 'a',
  sampleRate: 8000,
  bitDepth: 16,
  channelCount: 1,
  seconds: 0.3,
  loops: true,
};

type Site = { readonly exportFolder: string; readonly exportRoot: string };

/** Each kind of folder: how it is made, and made again. */
const KINDS: [kind: string, make: (site: Site, force: boolean) => Promise<string>][] = [
  [
    'kit',
    async (site, force) =>
      (
        await makeKit(nodePlatform, {
          ...site,
          profile: await readProfile(nodePlatform, 'm8'),
          name: 'K',
          force,
        })
      ).folder,
  ],
  [
    'instruments',
    async ({ exportFolder }, force) => {
      const request = { exportFolder, root: exportFolder, name: 'I', formats: INSTRUMENT_FORMATS, out: null };
      return (await writeInstruments(nodePlatform, { ...request, force })).folder;
    },
  ],
  [
    'selection',
    async (site, force) => {
      const request = { ...site, count: 3, families: null, leastGrade: 'B', dryRun: false } as const;
      return (await curate(nodePlatform, { ...request, force })).outFolder;
    },
  ],
];

/** What no version wrote before there were records. */
const SINCE_RECORDS = /^(\.afterglow-folder\.json|README\.txt|(sources|textures)\/.*|.*\.sf2)$/;

const two = () => madeExport([pad, { ...pad, source: 'b' }]);

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const recordOf = async (folder: string) => JSON.parse(await readFile(join(folder, FOLDER_RECORD), 'utf8'));

describe.each(KINDS)('a folder of the kind %s', (kind, make) => {
  it('says what it is, and of each of its files the bytes', async () => {
    const folder = await make(await two(), false);
    const { files, ...record } = await recordOf(folder);
    expect(record).toMatchObject({ version: 1, kind, engine_version: ENGINE_VERSION });
    expect(Object.keys(files).sort()).toEqual(
      (await filesIn(folder)).filter((file) => file !== FOLDER_RECORD),
    );
    for (const [file, digest] of Object.entries(files)) {
      const bytes = await readFile(join(folder, file));
      expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(await ownFolder(nodePlatform, folder)).toBe(kind);
  });

  it.each(['with its record', 'of a version before there were records'])(
    '%s gives way to the next one, and keeps what somebody put there',
    async (age) => {
      const site = await two();
      const folder = await make(site, false);
      const made = await filesIn(folder);
      if (age !== 'with its record') {
        for (const file of made.filter((each) => SINCE_RECORDS.test(each))) await rm(join(folder, file));
      }
      expect(await ownFolder(nodePlatform, folder)).toBe(kind);
      const mine = ['mine.wav', 'of me/KIT.csv', 'samples/mine.wav'];
      await mkdir(join(folder, 'of me'));
      await mkdir(join(folder, 'samples'), { recursive: true });
      for (const file of mine) await writeFile(join(folder, file), `mine ${file}`);
      await expect(make(site, false)).rejects.toThrow(/is there already/);
      // What is no longer to be had goes, and its name with it.
      await rm(join(site.exportFolder, 'b'), { recursive: true });
      await make(site, true);
      const now = await filesIn(folder);
      for (const file of mine) expect(await readFile(join(folder, file), 'utf8')).toBe(`mine ${file}`);
      const ours = now.filter((file) => !mine.includes(file));
      expect(ours.length).toBeLessThan(made.length);
      expect(Object.keys((await recordOf(folder)).files).sort()).toEqual(
        ours.filter((file) => file !== FOLDER_RECORD),
      );
    },
  );

  it('is somebody else’s where only the record is left', async () => {
    const site = await two();
    const folder = await make(site, false);
    const record = await readFile(join(folder, FOLDER_RECORD));
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(join(folder, FOLDER_RECORD), record);
    expect(await ownFolder(nodePlatform, folder)).toBeNull();
    await make(site, false);
    expect(await ownFolder(nodePlatform, folder)).toBe(kind);
  });
});

describe('what a record says is another thing of ours stays:', () => {
  it('instruments where a kit is to be', async () => {
    const site = await two();
    const [[, makeOne], [, makeOther]] = KINDS;
    const kit = await makeOne(site, false);
    const instruments = await makeOther(site, false);
    await rm(kit, { recursive: true });
    await cp(instruments, kit, { recursive: true });
    const before = await filesIn(kit);
    await expect(makeOne(site, true)).rejects.toThrow(/holds other things \(I_pads/);
    expect(await filesIn(kit)).toEqual(before);
  });

  it('a kit where a selection is to be', async () => {
    const site = await two();
    const [[, makeOne]] = KINDS;
    const outFolder = await makeOne(site, false);
    const request = {
      ...site,
      count: 3,
      families: null,
      leastGrade: 'B',
      dryRun: false,
      force: true,
    } as const;
    await expect(curate(nodePlatform, { ...request, outFolder })).rejects.toThrow(
      /holds other things \(KIT\.csv/,
    );
  });

  it('instruments of another name', async () => {
    const site = await two();
    const [, [, makeOne]] = KINDS;
    const out = await makeOne(site, false);
    const request = { exportFolder: site.exportFolder, root: site.exportFolder, formats: ['sfz'], out };
    await expect(writeInstruments(nodePlatform, { ...request, name: 'OTHER', force: true })).rejects.toThrow(
      /holds other things \(I_pads/,
    );
  });
});

it('a record that is none tells nothing', async () => {
  const site = await two();
  const [[kind, make]] = KINDS;
  const folder = await make(site, false);
  await writeFile(join(folder, FOLDER_RECORD), '{"kind": "kit", "fil');
  expect(await ownFolder(nodePlatform, folder)).toBe(kind);
  await make(site, true);
  expect((await recordOf(folder)).kind).toBe('kit');
});

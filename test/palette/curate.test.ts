import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FOLDER_RECORD } from '../../src/archive/folder-record.ts';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { embeddingDistance } from '../../src/curation/embedding.ts';
import { butterworthHighPass } from '../../src/dsp/butterworth.ts';
import { filter } from '../../src/dsp/filter.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { MalformedFileError } from '../../src/errors.ts';
import type { FamilyChoice, NotChosenOne } from '../../src/palette/choose.ts';
import { type CurateRequest, curate } from '../../src/palette/curate.ts';
import { embedTextures } from '../../src/palette/embeddings.ts';
import { writeInstruments } from '../../src/palette/instrument.ts';
import { previewKit } from '../../src/palette/kit.ts';
import { openPalette, type PaletteTexture, readTexture } from '../../src/palette/palette.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { readSelection } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { sha256Of } from '../../src/platform/sha256.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { rotated } from '../signals.ts';
import { demoExport } from './demo-export.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-curate-'));
afterAll(() => rm(folder, { recursive: true }));

let exportFolder: string;
let count = 0;
beforeEach(async () => {
  exportFolder = join(folder, `${count++}`);
  await cp((await demoExport()).exportFolder, exportFolder, { recursive: true });
});

const asked = (wishes: Partial<CurateRequest> = {}) =>
  curate(
    nodePlatform,
    {
      exportFolder,
      exportRoot: exportFolder,
      count: 3,
      families: null,
      leastGrade: 'B',
      force: false,
      dryRun: false,
      ...wishes,
    },
    { jobs: 1 },
  );

const decide = (textures: object) =>
  writeFile(join(exportFolder, 'curation.json'), JSON.stringify({ version: 1, textures }));

const filesIn = async (path: string) =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

/** Changes rows of the manifest, by path. */
async function amend(change: (row: Record<string, string>) => Record<string, string>[]): Promise<void> {
  const path = join(exportFolder, 'manifest.csv');
  const rows = manifestFromCsv(await readFile(path, 'utf8')).rows;
  await writeFile(path, manifestToCsv(rows.flatMap((row) => change({ ...row }) as unknown as typeof rows)));
}

describe('the folder', () => {
  it('holds copies of at most so many of each family, ranked, and a selection that tells of them', async () => {
    const { families, outFolder, selectionPath } = await asked();
    const selection = await readSelection(nodePlatform, selectionPath);
    expect(new Set(selection.textures.map(({ family }) => family))).toEqual(
      new Set((await openPalette(nodePlatform, exportFolder)).textures.map(({ family }) => family)),
    );
    const files = await filesIn(outFolder);
    // The record and the selection itself beside them.
    expect(files).toHaveLength(selection.textures.length + 2);
    for (const { chosen } of families) {
      expect(chosen.length).toBeGreaterThan(0);
      expect(chosen.length).toBeLessThanOrEqual(3);
      expect(chosen.map(({ rank }) => rank)).toEqual(chosen.map((_, i) => i + 1));
    }
    const [{ path, rank }] = selection.textures.filter(({ family }) => family === 'pad');
    const copy = files.find((file) => file.startsWith(`pads/0${rank}_`))!;
    expect(await readFile(join(outFolder, copy))).toEqual(await readFile(join(exportFolder, path)));
  });

  it('has a record that names each file by the digest of its bytes', async () => {
    await asked({ families: ['hiss', 'pad'] });
    // What stays of hiss is hashed from its copy; of pads the digest is known.
    const { outFolder } = await asked({ families: ['pad'], force: true });
    const { files } = JSON.parse(await readFile(join(outFolder, FOLDER_RECORD), 'utf8'));
    const there = (await filesIn(outFolder)).filter((name) => name !== FOLDER_RECORD);
    const hashed = there.map(async (name) => [name, sha256Of(await readFile(join(outFolder, name)))]);
    expect(files).toEqual(Object.fromEntries(await Promise.all(hashed)));
  });

  it('is the same to the byte, whenever it is made', async () => {
    const first = await asked({ outFolder: join(exportFolder, '_a') });
    const second = await asked({ outFolder: join(exportFolder, '_b') });
    expect(await readFile(first.selectionPath)).toEqual(await readFile(second.selectionPath));
  });

  it('is made anew by a second one, by what was decided since', async () => {
    const first = await asked({ count: 2 });
    expect(first.isAsBefore).toBe(false);
    expect((await asked({ count: 2 })).isAsBefore).toBe(true);
    const [{ path }] = first.selection.textures;
    await decide({ [path]: { decision: 'reject' } });
    const { selection, isAsBefore, outFolder } = await asked({ count: 2 });
    expect(isAsBefore).toBe(false);
    expect(selection.textures.map((one) => one.path)).not.toContain(path);
    expect(await filesIn(outFolder)).toHaveLength(selection.textures.length + 2);
  });

  it.each([
    ['added to', (folder: string) => writeFile(join(folder, 'mine.wav'), 'mine')],
    ['changed', (folder: string) => writeFile(join(folder, 'selection.json'), '{}')],
    [
      'thinned out',
      async (folder: string) =>
        rm(join(folder, (await filesIn(folder)).find((file) => /\.wav$/.test(file))!)),
    ],
  ])('is not, once it was %s', async (_, touch) => {
    const { outFolder } = await asked({ count: 2 });
    await touch(outFolder);
    const before = await filesIn(outFolder);
    await expect(asked({ count: 1 })).rejects.toThrow(/is there already, and somebody changed .*--force/);
    expect(await filesIn(outFolder)).toEqual(before);
  });

  it('is replaced when forced only where it was touched, and what an earlier selection alone had goes; else what lies there stays', async () => {
    await asked({ count: 4 });
    const mine = join(exportFolder, '_curated', 'pads', 'mine.wav');
    await writeFile(mine, 'mine');
    const { selection, outFolder } = await asked({ count: 1, force: true });
    expect(await filesIn(outFolder)).toHaveLength(selection.textures.length + 3);
    expect(await readFile(mine, 'utf8')).toBe('mine');
  });

  it('keeps what was chosen of other families where only some are chosen anew', async () => {
    await asked({ families: ['hiss', 'pad', 'cloud'], count: 2 });
    const before = await readSelection(nodePlatform, join(exportFolder, '_curated/selection.json'));
    const gone = before.textures.find(({ family }) => family === 'cloud')!;
    await amend((row) => (row.path === gone.path ? [] : [row]));
    const { selection, families, outFolder } = await asked({ families: ['pad'], count: 1, force: true });
    expect(families.map(({ family }) => family)).toEqual(['pad']);
    const ofOthers = (textures: typeof before.textures) => textures.filter(({ family }) => family !== 'pad');
    expect(ofOthers(selection.textures)).toEqual(
      ofOthers(before.textures).filter(({ path }) => path !== gone.path),
    );
    expect(selection.textures.filter(({ family }) => family === 'pad')).toHaveLength(1);
    expect(selection.textures[0].family).toBe('pad');
    expect(await filesIn(outFolder)).toHaveLength(selection.textures.length + 2);

    await decide({ [ofOthers(selection.textures)[0].path]: { decision: 'reject' } });
    const again = await asked({ families: ['pad'], count: 1, force: true });
    expect(again.selection.decisions).toBe(selection.decisions);
    const elsewhere = await asked({ families: ['pad'], count: 1, outFolder: join(exportFolder, '_pads') });
    expect(ofOthers(elsewhere.selection.textures)).toEqual([]);
  });

  it('says which of other families are gone, and stops where the earlier selection cannot be understood', async () => {
    const { selectionPath, selection } = await asked({ families: ['hiss', 'pad'], count: 1 });
    const gone = selection.textures.find(({ family }) => family === 'hiss')!;
    const mended = await readFile(selectionPath, 'utf8');
    await amend((row) => (row.path === gone.path ? [] : [row]));
    for (const text of ['{', mended.replace('"family": "hiss"', '"family": "fish"')]) {
      await writeFile(selectionPath, text);
      await expect(asked({ families: ['pad'], force: true })).rejects.toThrow(MalformedFileError);
      expect(await readFile(selectionPath, 'utf8')).toBe(text);
    }
    await writeFile(selectionPath, mended);
    const { warnings } = await asked({ families: ['pad'], count: 1, force: true });
    expect(warnings).toEqual([`selection.json held “${gone.path}”, which is gone and is left out`]);
    await writeFile(selectionPath, '{');
    expect((await asked({ count: 1, force: true })).selection.textures.length).toBeGreaterThan(1);
  });

  it('names no decisions for what stays of a selection that named none', async () => {
    const { selectionPath } = await asked({ families: ['hiss', 'pad'], count: 1 });
    const unnamed = (text: string) => JSON.stringify({ ...JSON.parse(text), decisions: undefined });
    await writeFile(selectionPath, unnamed(await readFile(selectionPath, 'utf8')));
    const { selection } = await asked({ families: ['pad'], count: 1, force: true });
    expect(selection.decisions).toBeUndefined();
    const none = await asked({ families: ['hiss', 'pad'], count: 1, force: true });
    expect(none.selection.decisions).toBe('');
  });

  it('is not written on a dry run, outside the export, or in its place', async () => {
    const before = await filesIn(exportFolder);
    expect((await asked({ dryRun: true })).selection.textures.length).toBeGreaterThan(0);
    await expect(asked({ outFolder: join(dirname(exportFolder), 'out') })).rejects.toThrow(/outside/);
    await expect(asked({ outFolder: exportFolder, force: true })).rejects.toThrow(/folder of its own/);
    expect(await filesIn(exportFolder)).toEqual(before);
  });

  it('is as it was, or not there, where copying fails midway', async () => {
    const chosen = (await asked({ dryRun: true })).families.at(-1)!.chosen.at(-1)!.texture;
    const failing = (count: number) =>
      curate(
        nodePlatform,
        {
          ...{ exportFolder, exportRoot: exportFolder, count, families: null },
          ...{ leastGrade: 'B', force: true, dryRun: false },
        },
        {
          onProgress(done, all) {
            if (done === all) rmSync(chosen.file);
          },
        },
      );
    const bytes = await readFile(chosen.file);
    await expect(failing(3)).rejects.toThrow(/Cannot copy .*does not exist/);
    expect((await readdir(exportFolder)).filter((name) => name.includes('curated'))).toEqual([]);

    await writeFile(chosen.file, bytes);
    const { outFolder } = await asked({ count: 1 });
    const before = await filesIn(outFolder);
    await expect(failing(4)).rejects.toThrow(/Cannot copy/);
    expect(await filesIn(outFolder)).toEqual(before);
    expect((await readdir(exportFolder)).filter((name) => name.includes('curated'))).toEqual(['_curated']);
  });

  it('replaces nothing that is no selection, and nothing that is in the way', async () => {
    const out = join(exportFolder, '_mine');
    await mkdir(join(out, 'pads'), { recursive: true });
    await writeFile(join(out, 'pads/mine.wav'), 'mine');
    await expect(asked({ outFolder: out, force: true })).rejects.toThrow(
      /_mine” holds other things \(pads\/mine\.wav\), which stay; move them away/,
    );
    const { outFolder } = await asked({ count: 1 });
    const [second] = (await asked({ dryRun: true, count: 2 })).selection.textures.filter(
      ({ rank }) => rank === 2,
    );
    const name = `${second.path.slice(second.path.lastIndexOf('/') + 1)}`;
    const inTheWay = join(outFolder, dirname(second.path).split('/').at(-1)!, `02_${name}`);
    await writeFile(inTheWay, 'mine');
    await expect(asked({ count: 2, force: true })).rejects.toThrow(
      /in the way of one to be made; move it away/,
    );
    expect(await readFile(inTheWay, 'utf8')).toBe('mine');
  });

  it('is as it was where it was interrupted while listening', async () => {
    const { outFolder } = await asked();
    const before = await filesIn(outFolder);
    const controller = new AbortController();
    const request = { exportFolder, exportRoot: exportFolder, count: 1, families: null } as const;
    const stopped = curate(
      nodePlatform,
      { ...request, leastGrade: 'B', force: true, dryRun: false },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(stopped).rejects.toThrow(/abort/);
    expect(await filesIn(outFolder)).toEqual(before);
  });
});

describe('what is chosen', () => {
  it('is of the families and grades asked for', async () => {
    await amend((row) => [{ ...row, grade: row.variant.startsWith('warm') ? 'F' : 'A' }]);
    const { families } = await asked({ families: ['pad'], count: 100 });
    expect(families.map(({ family }) => family)).toEqual(['pad']);
    const [{ chosen, notChosen }] = families;
    expect(chosen.every(({ texture }) => texture.grade === 'A')).toBe(true);
    expect(notChosen.filter(({ why }) => why === 'grade').length).toBeGreaterThan(0);
    const all = await asked({ families: ['pad'], count: 100, leastGrade: 'F', force: true });
    expect(all.families[0].notChosen.filter(({ why }) => why === 'grade')).toEqual([]);
  });

  it('follows what was decided by hand: kept first whatever its grade, rejected never, stars raise, names are used', async () => {
    const plain = await asked({ families: ['pad'], count: 2, dryRun: true });
    const { chosen, notChosen } = plain.families[0];
    const [best, worst] = [chosen[0].texture.path, notChosen.at(-1)!.texture.path];
    await amend((row) => [{ ...row, grade: row.path === worst ? 'F' : row.grade }]);
    await decide({
      [best]: { decision: 'reject', stars: 5 },
      [worst]: { decision: 'keep', name: 'my / bed' },
    });
    const { families, outFolder } = await asked({ families: ['pad'], count: 2 });
    expect(families[0].chosen[0].texture.path).toBe(worst);
    expect(families[0].chosen.map(({ texture }) => texture.path)).not.toContain(best);
    expect(await filesIn(outFolder)).toContain('pads/01_my _ bed.wav');
    await decide({ [worst]: { stars: 5 } });
    const starred = await asked({ families: ['pad'], count: 1, leastGrade: 'F', force: true });
    expect(starred.families[0].chosen[0]).toMatchObject({
      texture: { path: worst },
      quality: { quality: 1 },
    });
  });

  it('is known to be outdated once somebody decides otherwise, until curate runs again', async () => {
    const profile = await readProfile(nodePlatform, 'generic');
    const isOutdated = async () => {
      const kit = await previewKit(nodePlatform, { exportFolder, profile, name: 'K' });
      const request = {
        exportFolder,
        root: exportFolder,
        name: 'I',
        formats: ['sfz'],
        out: null,
        force: true,
      } as const;
      const { since } = await writeInstruments(nodePlatform, request, () => undefined);
      expect(since).toEqual(kit.since);
      return since.isOutdated;
    };
    const { selection } = await asked();
    expect(selection.decisions).toBe('');
    const [{ path }] = selection.textures;
    await decide({ [path]: { note: 'for the bridge' } });
    expect(await isOutdated()).toBe(false);
    await decide({ [path]: { decision: 'reject' } });
    expect(await isOutdated()).toBe(true);
    await asked({ force: true });
    expect(await isOutdated()).toBe(false);
    await decide({});
    expect(await isOutdated()).toBe(true);
  });

  it('is used with what was kept, rejected and named since, without choosing anew', async () => {
    const profile = await readProfile(nodePlatform, 'generic');
    const { families } = await asked({ count: 2 });
    const { family, chosen, notChosen } = families.find(({ family }) => family === 'pad')!;
    const [rejected, kept] = [chosen[0].texture.path, notChosen[0].texture.path];
    await decide({ [rejected]: { decision: 'reject' }, [kept]: { decision: 'keep', name: 'bed' } });
    const { slots, since } = await previewKit(nodePlatform, { exportFolder, profile, name: 'K' });
    const pads = slots.map(({ texture }) => texture).filter((texture) => texture.family === family);
    expect(pads.map(({ path }) => path)).toEqual([kept, chosen[1].texture.path]);
    expect(pads[0].name).toBe('bed');
    expect(since).toEqual({ added: [kept], dropped: [rejected], isOutdated: true });
    const out = join(exportFolder, 'I');
    const request = {
      ...{ exportFolder, root: exportFolder, name: 'I', out, force: true },
      formats: ['sfz'] as const,
    };
    await writeInstruments(nodePlatform, request, () => undefined);
    // Those of a clear root and the others are an instrument each.
    const palettes = (await readdir(out)).filter((name) => /^I_pads.*\.sfz$/.test(name));
    const texts = await Promise.all(palettes.map((name) => readFile(join(out, name), 'utf8')));
    const sfz = texts.join('');
    expect(sfz).toContain('bed');
    expect(sfz.match(/^<region>/gm)).toHaveLength(2);
  });

  it('says where something was decided that is gone, and which file cannot be read', async () => {
    const [{ path, file, family }] = (await openPalette(nodePlatform, exportFolder)).textures;
    await writeFile(file, 'no sound');
    await decide({ 'gone.wav': { decision: 'keep' } });
    const { warnings, failed, families } = await asked();
    expect(warnings).toEqual([expect.stringContaining('gone.wav')]);
    expect(failed).toMatchObject([{ path }]);
    const notChosen = families.find((one) => one.family === family)!.notChosen;
    expect(notChosen.find(({ texture }) => texture.path === path)).toMatchObject({ why: 'unreadable' });
  });
});

describe('an archive of which copies make up 30 %', () => {
  const ALTERED: ((sound: Sound, texture: PaletteTexture) => Sound)[] = [
    (sound) => each(sound, (channel) => channel.map((x) => 0.3 * x)),
    (sound, { isLoop }) => (isLoop ? each(sound, (channel) => rotated(channel, 3000)) : sound),
    (sound) => ({ ...sound, channels: filter(sound.channels, butterworthHighPass(1, 30, sound.sampleRate)) }),
  ];

  it('no two of a selection are copies, and it is spread wider than the top by quality', async () => {
    const { textures } = await openPalette(nodePlatform, exportFolder);
    const origins = new Map(textures.map(({ path }) => [path, path]));
    for (let i = 0; i < textures.length; i += 2) {
      const texture = textures[i];
      const path = texture.path.replace(/\.wav$/, '_again.wav');
      const altered = ALTERED[(i / 2) % 3](await readTexture(nodePlatform, texture), texture);
      await writeFile(join(exportFolder, path), wav(altered, i % 4 === 0 ? 16 : 24));
      origins.set(path, texture.path);
    }
    await amend((row) => {
      const path = row.path.replace(/\.wav$/, '_again.wav');
      return origins.has(path) ? [row, { ...row, path }] : [row];
    });
    expect((await openPalette(nodePlatform, exportFolder)).textures).toHaveLength(origins.size);
    const { families } = await asked({ count: 100 });
    const copies = families.flatMap(({ notChosen }) => notChosen.filter(({ why }) => why === 'near-copy'));
    expect(copies.length).toBeGreaterThanOrEqual(origins.size - textures.length);
    const chosen = families.flatMap((one) => one.chosen.map(({ texture }) => origins.get(texture.path)));
    expect(new Set(chosen).size).toBe(chosen.length);

    const few = await asked({ count: 4, dryRun: true });
    const palette = await openPalette(nodePlatform, exportFolder);
    const { byPath } = await embedTextures(nodePlatform, palette, palette.textures, { jobs: 1 });
    const [curated, top] = [few.families.map(({ chosen }) => chosen), few.families.map(bestOf)].map((lists) =>
      lists.reduce((sum, list) => sum + spread(list, byPath), 0),
    );
    expect(curated).toBeGreaterThan(1.2 * top);
  });

  /** As many as were chosen, by quality alone. */
  function bestOf({ chosen, notChosen }: FamilyChoice) {
    return [...chosen, ...notChosen]
      .sort((a, b) => b.quality.quality - a.quality.quality)
      .slice(0, chosen.length);
  }

  /** Mean distance of any two. */
  function spread(list: readonly Pick<NotChosenOne, 'texture'>[], byPath: ReadonlyMap<string, Float32Array>) {
    const places = list.map(({ texture }) => byPath.get(texture.path)!);
    const distances = places.flatMap((a, i) => places.slice(i + 1).map((b) => embeddingDistance(a, b)));
    return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  }

  function each(sound: Sound, change: (channel: Float32Array) => Float32Array): Sound {
    return { ...sound, channels: sound.channels.map(change) };
  }
});

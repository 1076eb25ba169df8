import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../../src/archive/content-hash.ts';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Families, Settings } from '../../src/config/settings.ts';
import { expectedFiles } from '../../src/engine/expected-files.ts';
import { makeLayered } from '../../src/engine/lay.ts';
import { layerMakers } from '../../src/engine/layers.ts';
import { planDust } from '../../src/engine/plan-dust.ts';
import { previewRun } from '../../src/engine/preview-run.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import type { FamilyDefinition } from '../../src/families/family.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { familyOf } from '../../src/families/lookup.ts';
import { isTexture } from '../../src/families/texture.ts';
import { texturesNamed } from '../../src/palette/named.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { render } from '../../src/palette/render.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { demoExport } from '../palette/demo-export.ts';
import { mono, noise, sine } from '../signals.ts';

let folder: string;
let exportFolder: string;
beforeAll(async () => {
  const demo = await demoExport();
  folder = `${demo.projectFolder}-dust`;
  await cp(demo.projectFolder, folder, { recursive: true, preserveTimestamps: true });
  exportFolder = demo.exportFolder.replace(demo.projectFolder, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function planned(config = '', seed = 7, only?: string) {
  const { settings } = parseConfig(config, 'config.yaml');
  return planDust(nodePlatform, {
    projectFolder: folder,
    settings,
    seed,
    ...(only === undefined ? {} : { only }),
  });
}

async function go(config = '', options: RunOptions = {}) {
  return run(nodePlatform, await planned(config), { jobs: 0, ...options });
}

const dusts = async () =>
  (await openPalette(nodePlatform, exportFolder)).textures.filter(({ family }) => family === 'dust');

describe('dust of an export folder', () => {
  it('is made of every pad, loops, and says of which pad and which bed', async () => {
    const { textures } = await openPalette(nodePlatform, exportFolder);
    const pads = textures.filter(({ family, grade }) => family === 'pad' && grade !== 'F');
    const plan = await planned();
    expect(plan.found).toMatchObject([{ above: pads.length, below: expect.any(Number) }]);
    const { textures: made, failed } = await run(nodePlatform, plan, { jobs: 0 });
    expect(failed).toEqual([]);
    expect(made.map(({ path }) => path)).toEqual([...expectedFiles(plan)].map(({ path }) => path).sort());
    expect(made).toHaveLength(pads.length);

    const laid = await dusts();
    expect(laid.map(({ row }) => row.made_of.split(' | ')[0]).sort()).toEqual(pads.map(({ path }) => path));
    for (const { row, isLoop, grade, root, source, variant } of laid) {
      const [pad, bed] = row.made_of.split(' | ').map((path) => textures.find((one) => one.path === path)!);
      expect([isLoop, grade, bed.family]).toEqual([true, 'A', 'hiss']);
      expect([source, variant, root?.note]).toEqual([pad.source, pad.variant, pad.root?.note]);
      expect(row.source_path).toBe(pad.row.source_path);
      expect(Number(row.lufs)).toBeGreaterThan(-30);
    }
  });

  it('is planned for every family that lays textures, and stays with a source each', async () => {
    const copy = `${folder}-veils`;
    await cp(folder, copy, { recursive: true, preserveTimestamps: true });
    const [maker] = layerMakers(FAMILIES);
    const veil = {
      ...{ ...familyOf<Settings>('dust', FAMILIES), id: 'veil', folder: 'veils' },
      makers: [{ ...maker, id: 'veil' }],
    } as FamilyDefinition<Settings>;
    const { request } = await planned();
    const plan = () =>
      planDust(nodePlatform, { ...request, projectFolder: copy, families: [...FAMILIES, veil] as Families });
    const first = await plan();
    expect(first.found.map(({ maker: { id } }) => id)).toEqual(['dust', 'veil']);
    const { textures, failed } = await run(nodePlatform, first, { jobs: 0 });
    expect(failed).toEqual([]);
    expect(textures.filter(({ family }) => family === 'veil')).toHaveLength(first.found[1].above);
    const again = await plan();
    const preview = await previewRun(nodePlatform, again, { force: true, beside: false, prune: false });
    expect(preview.stale).toEqual([]);
    const result = await run(nodePlatform, again, { jobs: 0 });
    await rm(copy, { recursive: true });
    expect([result.textures, result.stale]).toEqual([[], []]);
    expect(result.sourcesUpToDate).toBe(again.tasks.length);
  });

  it('takes neither pads nor beds of grade F', async () => {
    const spoilt = `${folder}-spoilt`;
    await cp(folder, spoilt, { recursive: true });
    const manifest = join(exportFolder.replace(folder, spoilt), 'manifest.csv');
    const {
      found: [found],
      request,
    } = await planned();
    const rows = manifestFromCsv(await readFile(manifest, 'utf8')).rows;
    const failed = rows.map((row) => (row.type === 'pad' ? { ...row, grade: 'F' } : row));
    await writeFile(manifest, manifestToCsv(failed));
    const without = await planDust(nodePlatform, { ...request, projectFolder: spoilt });
    await rm(spoilt, { recursive: true });
    expect(found.above).toBeGreaterThan(0);
    expect(without.found).toMatchObject([{ above: 0, below: found.below }]);
  });

  it('is not made twice, whatever the seed, unless it would differ', async () => {
    const first = await dusts();
    const times = await Promise.all(first.map(({ file }) => stat(file).then(({ mtimeMs }) => mtimeMs)));
    const drawn = await planned('', 8);
    const again = await run(
      nodePlatform,
      { ...drawn, request: { ...drawn.request, anySeed: true } },
      { jobs: 0 },
    );
    expect([again.textures, again.upToDate.length, again.stale]).toEqual([[], first.length, []]);
    expect(await Promise.all(first.map(({ file }) => stat(file).then(({ mtimeMs }) => mtimeMs)))).toEqual(
      times,
    );
    expect((await go('', { prune: true })).textures).toEqual([]);
    expect((await go('dust: { level_db: -12 }')).textures).toHaveLength(first.length);
    expect((await go()).textures).toHaveLength(first.length);
  });

  it('comes again byte for byte, and tells where its pad has changed or is gone', async () => {
    const all = await dusts();
    const palette = await openPalette(nodePlatform, exportFolder);
    const request = { own: { folder: folder }, changes: {}, onProgress: () => {} };
    let count = 0;
    for await (const one of render(
      nodePlatform,
      palette,
      texturesNamed(nodePlatform, palette, '**/dust/*'),
      request,
    )) {
      expect(one).toMatchObject({ isIdentical: true, notes: [] });
      count++;
    }
    expect(count).toBe(all.length);
    const [pad, bed] = all[0].row.made_of.split(' | ').map((path) => join(exportFolder, path));
    await cp(pad, `${pad}.aside`);
    await cp(bed, pad);
    for await (const one of render(nodePlatform, palette, [all[0]], request)) {
      expect(one).toMatchObject({
        isIdentical: false,
        notes: [expect.objectContaining({ code: 'layer-changed' }), expect.anything()],
      });
    }
    await rm(pad);
    const without = await openPalette(nodePlatform, exportFolder);
    for await (const one of render(nodePlatform, without, [all[0]], request)) {
      expect(one).toMatchObject({
        bytes: null,
        reason: { code: 'error', sentence: expect.stringContaining('which is gone') },
      });
    }
    await cp(`${pad}.aside`, pad, { preserveTimestamps: true });
  });

  it('leaves all other pads their beds where a bed is more or less', async () => {
    const layers = join(folder, 'layers');
    await mkdir(layers);
    const layer = async (name: string, samples: Float32Array) => {
      const file = join(layers, name);
      await writeFile(file, wav(mono(samples)));
      return { path: name, file, sha256: await contentHash(nodePlatform, file) };
    };
    const beds = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => layer(`bed ${name}.wav`, noise(4000, 0.2, name))),
    );
    const pads = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => ({
        ...(await layer(`pad ${i}.wav`, sine(200 + 40 * i, 4000, 0.3))),
        ...{ variant: '', origin: { startSec: 0, endSec: 1 }, stability: null },
      })),
    );
    const { settings } = parseConfig('', 'config.yaml');
    const [maker] = layerMakers(FAMILIES);
    const laid = async (among: typeof beds) => {
      const found = new Map<string, string>();
      for await (const made of makeLayered(
        nodePlatform,
        maker,
        { sha256: '', above: pads, below: among },
        settings,
        7,
        FAMILIES,
        () => {},
      )) {
        if (!isTexture(made)) throw new Error(made.reason.code);
        expect(made.madeLike!.stretches).toHaveLength(2);
        const [pad, bed] = made.madeOf!.paths;
        found.set(pad, bed);
      }
      return found;
    };
    const all = await laid(beds);
    expect(new Set(all.values()).size).toBeGreaterThan(2);
    for (const gone of beds) {
      const fewer = await laid(beds.filter((bed) => bed !== gone));
      for (const [pad, bed] of all) {
        if (bed === gone.path) expect(fewer.get(pad)).not.toBe(bed);
        else expect([pad, fewer.get(pad)]).toEqual([pad, bed]);
      }
    }
  });

  it('goes with its pad, where that is wished', async () => {
    const before = await dusts();
    const gone = before[0].row.made_of.split(' | ')[0];
    await rm(join(exportFolder, gone));
    const { stale, textures } = await go('', { prune: true });
    expect(textures.length).toBeGreaterThan(0);
    expect(stale.every(({ outcome }) => outcome === 'removed')).toBe(true);
    const after = await dusts();
    expect(after).toHaveLength(before.length - 1);
    expect(after.some(({ row }) => row.made_of.startsWith(gone))).toBe(false);
  });

  it('is as many as asked for, of the beds asked for, and of the sources asked for', async () => {
    const plan = await planned('dust: { textures_per_pad: 2 }', 7, 'warm_chord');
    expect(plan.tasks.map(({ name }) => name)).toEqual(['warm_chord']);
    const { textures } = await run(nodePlatform, plan, { jobs: 0 });
    expect(textures).toHaveLength(2 * plan.tasks[0].layers!.above.length);
    const beds = new Map<string, string[]>();
    for (const { row } of (await dusts()).filter(({ source }) => source === 'warm_chord')) {
      const [pad, bed] = row.made_of.split(' | ');
      beds.set(pad, [...(beds.get(pad) ?? []), bed]);
    }
    for (const each of beds.values()) expect(new Set(each).size).toBe(2);
    expect((await planned('dust: { beds: [silence] }')).tasks).toEqual([]);
    expect((await planned('dust: { beds: [silence] }')).found[0].below).toBe(0);
  });
});

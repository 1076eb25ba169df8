import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWholeSound } from '../../src/archive/whole-sound.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { resampleRing } from '../../src/dsp/resample-ring.ts';
import { cleanExport } from '../../src/engine/clean.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import { settingsRecordPath } from '../../src/engine/settings-record.ts';
import { readWavHeader } from '../../src/formats/wav-header.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import type { RenderChanges } from '../../src/palette/changes.ts';
import { texturesNamed } from '../../src/palette/named.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { render } from '../../src/palette/render.ts';
import type { NotRendered, Rendered } from '../../src/palette/rendered.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { demoExport } from './demo-export.ts';

/** A copy of the demo's project, to be changed. */
let folder: string;
let exportFolder: string;
beforeAll(async () => {
  const demo = await demoExport();
  folder = `${demo.projectFolder}-again`;
  await cp(demo.projectFolder, folder, { recursive: true });
  exportFolder = demo.exportFolder.replace(demo.projectFolder, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function again(id: string, changes: RenderChanges = {}, exported = exportFolder) {
  const palette = await openPalette(nodePlatform, exported);
  const results: (Rendered | NotRendered)[] = [];
  const request = { own: { folder }, changes, onProgress: () => {} };
  for await (const one of render(nodePlatform, palette, texturesNamed(nodePlatform, palette, id), request))
    results.push(one);
  return results;
}

/** The candidates that won, of a loop that was searched. */
function chosenOf({ explanation }: Rendered, kind: 'searched' | 'rejected') {
  if (explanation?.kind !== kind) throw new Error(`${explanation?.kind} is not ${kind}`);
  return explanation.search.candidates.filter(({ isChosen }) => isChosen);
}

async function wavOf(bytes: Uint8Array) {
  const { layout } = await readWavHeader({
    ...{ name: 'x.wav', size: bytes.length },
    read: async (at: number, count: number) => bytes.subarray(at, at + count),
  } as Parameters<typeof readWavHeader>[0]);
  return layout;
}

/** The texture of a family of which there is one of each making. */
async function oneOf(making: string, isLoop = true) {
  const { textures } = await openPalette(nodePlatform, exportFolder);
  return textures.find((texture) => texture.row.making === making && texture.isLoop === isLoop)!;
}

describe('a texture rendered from its row', () => {
  it('is byte for byte the file, for every row, though the cache is gone', async () => {
    await cleanExport(nodePlatform, { exportFolder, exportRoot: exportFolder });
    const { textures } = await openPalette(nodePlatform, exportFolder);
    const results = await again('**');
    expect(results.map(({ texture }) => texture.path).sort()).toEqual(textures.map(({ path }) => path));
    for (const { texture, bytes, ...rest } of results) {
      expect([texture.path, bytes !== null && Buffer.compare(bytes, await readFile(texture.file))]).toEqual([
        texture.path,
        0,
      ]);
      expect(rest).toMatchObject({ isIdentical: true, notes: [] });
    }
  });

  it('explains its loop where that is asked: what was looked at, or that there was nothing to choose', async () => {
    const palette = await openPalette(nodePlatform, exportFolder);
    const explained = async (making: string, isLoop = true) => {
      const request = { own: { folder }, changes: {}, explains: true, onProgress: () => {} };
      const wanted = [await oneOf(making, isLoop)];
      const results: (Rendered | NotRendered)[] = [];
      for await (const one of render(nodePlatform, palette, wanted, request)) results.push(one);
      return results[0] as Rendered;
    };
    const pad = await explained('pads');
    expect(pad.isIdentical).toBe(true);
    const [chosen] = chosenOf(pad, 'searched');
    expect(chosen.startSec).toBeCloseTo(Number(pad.texture.row.source_start_sec), 2);
    expect(chosen.lengthSec).toBeCloseTo(pad.durationSec, 4);
    expect(seamSeverity(chosen.seam!)).toBeLessThanOrEqual(1);
    // In the demo the first of these found no good place: it lies on a ring.
    expect(seamSeverity(chosenOf(await explained('pad-loops'), 'rejected')[0].seam!)).toBeGreaterThan(1);
    expect(await explained('clouds')).toMatchObject({ explanation: { kind: 'ring' } });
    expect(await explained('swells', false)).toMatchObject({ explanation: { kind: 'one-shot' } });
    const [plain] = (await again((await oneOf('pads')).path)) as Rendered[];
    expect(plain.explanation).toBeNull();
  });

  it('is so with dither, on a grid of bars, and of what lasts in a song', async () => {
    const config = `
global: { output_bit_depth: 16 }
pre_analysis: { separate: harmonic }
musicality: { snap_to_grid: true, reference_bpm: 120, bar_lengths: [1] }
pad_miner: { max_candidates_per_file: 2 }
room_tone: { keep_grains: true, max_rms_db: -20 }
paths: { export_dir: other }`;
    const { settings } = parseConfig(config, 'config.yaml');
    const planned = await plan(nodePlatform, {
      projectFolder: folder,
      settings,
      seed: 5,
      phases: ['mine-pads', 'make-hiss', 'mine-drums', 'mine-silences'],
    });
    await run(nodePlatform, planned, { jobs: 0 });
    const results = await again('**', {}, join(folder, 'other'));
    expect(new Set(results.map(({ texture }) => texture.family))).toEqual(
      new Set(['pad', 'hiss', 'drum', 'silence']),
    );
    expect(results.filter((one) => one.bytes === null || !one.isIdentical)).toEqual([]);
    // The last of a source by itself, without those before it.
    for (const family of ['drum', 'silence']) {
      const last = results.findLast(({ texture }) => texture.family === family)!;
      expect(await again(last.texture.path, {}, join(folder, 'other'))).toMatchObject([
        { isIdentical: true },
      ]);
    }
    const parts = results.map(({ texture }) => `${texture.family} ${texture.row.part}`);
    expect(new Set(parts)).toEqual(new Set(['pad harmonic', 'hiss ', 'drum ', 'silence ']));
    const hiss = results.find(({ texture }) => texture.family === 'hiss' && texture.isLoop)!.texture;
    const [long] = (await again(hiss.path, { lengthSec: 1.3 }, join(folder, 'other'))) as Rendered[];
    // Off the grid of bars.
    expect(long.durationSec).toBeCloseTo(1.3, 4);
  });

  it('is so where its settings were kept under names of then', async () => {
    const exported = join(folder, 'other');
    const record = settingsRecordPath(exported);
    const kept = JSON.parse(await readFile(record, 'utf8')) as Record<string, Record<string, unknown>>;
    const [digest, { room_tone, ...others }] = Object.entries(kept).find(([, each]) => 'room_tone' in each)!;
    const then = { ...others, silence_miner: room_tone };
    const digestThen = createHash('sha256').update(JSON.stringify(then)).digest('hex').slice(0, 16);
    await writeFile(record, JSON.stringify({ ...kept, [digest]: undefined, [digestThen]: then }));
    const manifest = join(exported, 'manifest.csv');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replaceAll(digest, digestThen));

    const tones = await again('*/silences/*', {}, exported);
    expect(tones.length).toBeGreaterThan(1);
    expect(tones.filter((one) => one.bytes === null || !one.isIdentical)).toEqual([]);
    const loop = tones.find(({ texture }) => texture.isLoop)!.texture;
    const [long] = (await again(loop.path, { lengthSec: 1.7 }, exported)) as Rendered[];
    expect(long.durationSec).toBeCloseTo(1.7, 3);
  });

  it('has another depth, rate or length where that is asked, and says of no other difference', async () => {
    const { path, durationSec } = await oneOf('clouds');
    const [shallow] = (await again(path, { depth: 16 })) as Rendered[];
    expect(await wavOf(shallow.bytes)).toMatchObject({ bytesPerSample: 2, sampleRate: 44_100 });
    const [fine] = (await again(path, { rate: 48_000 })) as Rendered[];
    expect(await wavOf(fine.bytes)).toMatchObject({ bytesPerSample: 3, sampleRate: 48_000 });
    expect(fine.durationSec).toBeCloseTo(durationSec, 3);
    const [long] = (await again(path, { lengthSec: 3.5 })) as Rendered[];
    expect(long.durationSec).toBeCloseTo(3.5, 4);
    expect([...shallow.notes, ...fine.notes, ...long.notes]).toEqual([]);
  });

  it('still closes at another rate: a loop is read round its end', async () => {
    // A pad is cut where it closes, and is not turned afterwards.
    const { file, path } = await oneOf('pads');
    const closed = resampleRing(await readWholeSound(nodePlatform, file), 48_000);
    const [{ bytes }] = (await again(path, { rate: 48_000 })) as Rendered[];
    const written = join(folder, 'at another rate.wav');
    await writeFile(written, bytes);
    const { channels } = await readWholeSound(nodePlatform, written);
    await rm(written);
    for (const [c, channel] of channels.entries()) {
      const expected = closed.channels[c];
      expect(channel).toHaveLength(expected.length);
      const product = (one: Float32Array) => one.reduce((sum, x, n) => sum + x * expected[n], 0);
      // The peak lies elsewhere, and so may the level.
      const gain = product(channel) / product(expected);
      expect(Math.abs(gain - 1)).toBeLessThan(0.02);
      const furthest = channel.reduce((most, x, n) => Math.max(most, Math.abs(x - gain * expected[n])), 0);
      expect(furthest).toBeLessThan(1e-4);
    }
  });

  it('is another one with another seed, and the same one with the same', async () => {
    const { path, row } = await oneOf('clouds');
    const [other] = await again(path, { seed: 8 });
    const [same] = await again(path, { seed: Number(row.seed) });
    const file = await readFile(join(exportFolder, path));
    expect(Buffer.compare(other.bytes!, file)).not.toBe(0);
    expect(Buffer.compare(same.bytes!, file)).toBe(0);
  });

  it('follows an edited seed, and says of edited figures that they change nothing', async () => {
    const palette = await openPalette(nodePlatform, exportFolder);
    const cloud = await oneOf('clouds');
    const edited = async (cells: object) => {
      const texture = { ...cloud, row: { ...cloud.row, ...cells } };
      const request = { own: { folder }, changes: {}, onProgress: () => {} };
      return (await render(nodePlatform, palette, [texture], request).next()).value as Rendered;
    };
    const longer = await edited({ duration_sec: '31', bit_depth: '16', channels: `${cloud.row.channels}.0` });
    expect(longer).toMatchObject({
      isIdentical: true,
      notes: [{ code: 'row-edited', columns: ['duration_sec', 'bit_depth'] }],
    });
    expect(await edited({ seed: '8' })).toMatchObject({
      isIdentical: false,
      notes: [{ code: 'other-bytes' }],
    });
  });

  it('says that it has no length of its own, where it has none', async () => {
    const flicker = await oneOf('hiss', false);
    expect(await again(flicker.path, { lengthSec: 3 })).toMatchObject([
      {
        bytes: null,
        reason: {
          code: 'error',
          error: 'config',
          sentence: expect.stringContaining('as every flicker; leave --length out'),
        },
      },
    ]);
  });

  it('is told of where its source has changed, or is gone', async () => {
    const { path, row } = await oneOf('clouds');
    const source = join(folder, row.source_path);
    const bytes = await readFile(source);
    await writeFile(source, bytes.subarray(0, bytes.length - 40_000));
    const [changed] = (await again(path)) as Rendered[];
    expect(changed.isIdentical).toBe(false);
    expect(changed.notes).toContainEqual({ code: 'source-changed', source: row.source_path });
    await rm(source);
    expect(await again(path)).toMatchObject([
      {
        bytes: null,
        reason: {
          code: 'error',
          error: 'file-system',
          sentence: expect.stringContaining(`“${row.source_path}”, is gone`),
        },
      },
    ]);
    await writeFile(source, bytes);
    expect(await again(path)).toMatchObject([{ isIdentical: true }]);
  });

  it('keeps the settings that made it when others make the rest, and forgets those that made nothing', async () => {
    const before = Object.keys(JSON.parse(await readFile(settingsRecordPath(exportFolder), 'utf8')));
    const { settings } = parseConfig(
      'clouds: { cloud_duration_sec: 1, clouds_per_source: 1 }',
      'config.yaml',
    );
    const planned = await plan(nodePlatform, {
      projectFolder: folder,
      settings,
      seed: 9,
      phases: ['make-clouds'],
    });
    const [first] = planned.tasks;
    await run(nodePlatform, { ...planned, tasks: [first] }, { jobs: 0 });
    const { textures } = await openPalette(nodePlatform, exportFolder);
    const clouds = textures.filter(({ row }) => row.making === 'clouds');
    expect(new Set(clouds.map(({ row }) => row.seed))).toEqual(new Set(['7', '9']));
    expect((await again('**/clouds/*')).map((one) => one.bytes !== null && one.isIdentical)).toEqual(
      clouds.map(() => true),
    );
    await run(nodePlatform, planned, { jobs: 0 });
    const after = Object.keys(JSON.parse(await readFile(settingsRecordPath(exportFolder), 'utf8')));
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
  });
});

describe('the ID of a texture', () => {
  it('is its path, file, file name, name, or a glob', async () => {
    const palette = await openPalette(nodePlatform, exportFolder);
    const [{ path, file, row, name }] = palette.textures;
    for (const id of [path, file, row.filename, name]) {
      expect(texturesNamed(nodePlatform, palette, id).map((texture) => texture.path)).toEqual([path]);
    }
    expect(texturesNamed(nodePlatform, palette, '*').length).toBe(palette.textures.length);
  });

  it('must name one', async () => {
    const palette = await openPalette(nodePlatform, exportFolder);
    const [{ name }] = palette.textures;
    expect(() => texturesNamed(nodePlatform, palette, `${name}x`)).toThrow(`did you mean ${name}?`);
    expect(() => texturesNamed(nodePlatform, palette, '')).toThrow('An empty ID names no texture');
    expect(() => texturesNamed(nodePlatform, palette, 'quite else')).toThrow(
      'manifest.csv lists them by path',
    );
    const [one] = palette.textures;
    const twice = { ...palette, textures: [one, { ...one, path: `x/${one.path}`, file: `/x/${one.path}` }] };
    expect(() => texturesNamed(nodePlatform, twice, one.name)).toThrow('2 textures are called');
  });
});

/** Files with the same bytes under several paths: one source, whichever of them comes and goes. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listedRows } from '../../src/archive/manifest.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, SMALL_CONFIG, wav } from '../end-to-end/afterglow.ts';

const { settings } = parseConfig(SMALL_CONFIG, 'config.yaml');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-copies-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, seconds = 1): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), wav(beat(seconds, 22_050), 16));
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(join(folder, to)), { recursive: true });
  await copyFile(join(folder, from), join(folder, to));
}

const planned = (request: Partial<PlanRequest> = {}) =>
  plan(nodePlatform, { projectFolder: folder, settings, seed: 1, phases: ['make-hiss'], ...request });
const excavated = async (request: Partial<PlanRequest> = {}, options: RunOptions = {}) =>
  run(nodePlatform, await planned(request), { jobs: 0, ...options });
const sourcesOf = async (request: Partial<PlanRequest> = {}) =>
  (await planned(request)).tasks.map(({ source }) => source);
const exportFolder = () => join(folder, settings.paths.export_dir);
const rows = async () => [...(await listedRows(nodePlatform, exportFolder()))!.values()];

describe('copies of a file', () => {
  it('are mined once, the first by path, for all the phases that any of them is there for', async () => {
    await put('source_audio/z.wav');
    await copy('source_audio/z.wav', 'drums/b/take.wav');
    await copy('source_audio/z.wav', 'drums/a/take.wav');
    await put('drums/other.wav', 1.1);
    const { tasks, copied } = await planned({ phases: ['mine-pads', 'make-hiss'] });
    expect(tasks.map(({ source, name, makers }) => [source, name, makers]).sort()).toEqual([
      ['drums/a/take.wav', 'take', ['pads', 'hiss']],
      ['drums/other.wav', 'other', ['hiss']],
    ]);
    expect(copied).toEqual([
      { source: 'drums/a/take.wav', copies: ['drums/b/take.wav', 'source_audio/z.wav'] },
    ]);
    // One phase by itself, and any of their names, come to the same.
    expect(await sourcesOf({ phases: ['mine-pads'] })).toEqual(['drums/a/take.wav']);
    for (const only of ['z', 'b/take.wav', 'source_audio/*']) {
      expect(await sourcesOf({ only })).toEqual(['drums/a/take.wav']);
    }
    expect(await sourcesOf({ only: 'other' })).toEqual(['drums/other.wav']);
  });

  it('are told of in the result, in this run and the next', async () => {
    await put('drums/a.wav');
    await copy('drums/a.wav', 'drums/b.wav');
    const copied = [{ source: 'drums/a.wav', copies: ['drums/b.wav'] }];
    const first = await excavated();
    expect(first.copied).toEqual(copied);
    const next = await excavated();
    expect([next.copied, next.textures, next.sourcesUpToDate, next.stale]).toEqual([copied, [], 1, []]);
  });

  it('that are added later take nothing away from what was mined', async () => {
    await put('drums/m.wav');
    await excavated();
    const before = await rows();
    for (const name of ['a', 'z']) await copy('drums/m.wav', `drums/${name}.wav`);
    const { textures, stale, copied } = await excavated();
    expect([textures, stale]).toEqual([[], []]);
    expect(copied).toEqual([{ source: 'drums/m.wav', copies: ['drums/a.wav', 'drums/z.wav'] }]);
    expect(await rows()).toEqual(before);
  });

  it('take its place and its name where the one that was mined is gone, and lose nothing', async () => {
    await put('drums/a.wav');
    await put('drums/other.wav', 1.1);
    await copy('drums/a.wav', 'drums/b.wav');
    await excavated();
    const before = await rows();
    await rm(join(folder, 'drums/a.wav'));
    const { textures, stale, copied } = await excavated();
    expect(new Set(textures.map(({ source }) => source))).toEqual(new Set(['drums/b.wav']));
    expect([copied, stale]).toEqual([[], []]);
    const moved = before.map((row) => ({ ...row, source_path: row.source_path.replace('a.wav', 'b.wav') }));
    expect(await rows()).toEqual(moved);
  });

  it('that were mined apart by an earlier version are named, and left until --prune', async () => {
    await put('drums/a.wav');
    await put('drums/b.wav', 1.1);
    await excavated();
    await copy('drums/a.wav', 'drums/b.wav');
    const { textures, stale } = await excavated();
    expect(textures).toEqual([]);
    expect(new Set(stale.map(({ source, why, outcome }) => `${source} ${why} ${outcome}`))).toEqual(
      new Set(['drums/b.wav not-asked left']),
    );
  });

  it('are no copies any more once one is changed', async () => {
    await put('drums/a.wav');
    await copy('drums/a.wav', 'drums/b.wav');
    await excavated();
    const bytes = await readFile(join(folder, 'drums/b.wav'));
    bytes[20_001] ^= 1;
    await writeFile(join(folder, 'drums/b.wav'), bytes);
    expect((await sourcesOf()).sort()).toEqual(['drums/a.wav', 'drums/b.wav']);
  });

  it('are dealt out alike on every machine, whatever was mined there before', async () => {
    await put('drums/m.wav');
    await excavated();
    await put('drums/other.wav', 1.1);
    await copy('drums/m.wav', 'drums/a.wav');
    const fresh = { ...settings, paths: { ...settings.paths, export_dir: 'elsewhere' } };
    const shards = [1, 2].map((index) => ({ shard: { index, count: 2 } }));
    const here = await Promise.all(shards.map(sourcesOf));
    const there = await Promise.all(shards.map((shard) => sourcesOf({ ...shard, settings: fresh })));
    expect(here).toEqual(there);
    expect(here.flat().sort()).toEqual(['drums/a.wav', 'drums/other.wav']);
    const told = await Promise.all(shards.map(async (shard) => (await planned(shard)).copied));
    expect(told.flat()).toEqual([{ source: 'drums/a.wav', copies: ['drums/m.wav'] }]);
  });
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import type { Settings } from '../../src/config/settings.ts';
import { plan } from '../../src/engine/plan.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** So many bytes, others in each file. */
async function put(path: string, bytes = 10): Promise<void> {
  const content = new Uint8Array(bytes);
  content.set(createHash('sha256').update(path).digest().subarray(0, bytes));
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

function settingsWith(paths: object, useSyntheticNoise = false): Settings {
  const settings = defaultSettings();
  return {
    ...settings,
    paths: { ...settings.paths, ...paths },
    hiss: { ...settings.hiss, use_synthetic_noise: useSyntheticNoise },
  };
}

function planned(request: Partial<PlanRequest> = {}) {
  return plan(nodePlatform, {
    projectFolder: folder,
    settings: settingsWith({}),
    seed: 1,
    phases: phasesOfAll(),
    ...request,
  });
}

describe('plan', () => {
  it('gives each source one task with all that is to be made of it', async () => {
    await put('source_audio/song.wav');
    await put('pad_sources/choir.wav');
    await put('drums/loop.wav');
    const { tasks } = await planned();
    expect(Object.fromEntries(tasks.map(({ source, makers }) => [source, makers]))).toEqual({
      'source_audio/song.wav': ['pads', 'beds'],
      'pad_sources/choir.wav': ['pad-loops', 'drones', 'beds', 'swells', 'clouds'],
      'drums/loop.wav': ['hiss'],
    });
  });

  it('reads a file once that two folders lead to', async () => {
    await put('sounds/one.wav');
    const settings = settingsWith({ source_audio_dir: 'sounds', pad_sources_dir: 'sounds' });
    const { tasks } = await planned({ settings });
    expect(tasks.map(({ makers }) => makers)).toEqual([
      ['pads', 'pad-loops', 'drones', 'beds', 'swells', 'clouds'],
    ]);
  });

  it('puts the most work first: what may be long, large files, and those of which much is made', async () => {
    await put('source_audio/short.wav', 1_000_000);
    await put('source_audio/long.wav', 300_000_000);
    await put('source_audio/packed.mp3', 30_000_000);
    await put('pad_sources/chord.wav', 100_000);
    const { tasks } = await planned();
    expect(tasks.map(({ name }) => name)).toEqual(['packed', 'long', 'chord', 'short']);
  });

  it('names a source alike whichever phases run and whatever --only picks', async () => {
    await put('source_audio/one.wav');
    await put('pad_sources/one.wav');
    const full = (await planned()).tasks.map(({ source, name }) => `${source} ${name}`).sort();
    const parts: string[] = [];
    for (const phases of [['mine-pads'], ['make-clouds']] as PhaseId[][]) {
      parts.push(...(await planned({ phases })).tasks.map(({ source, name }) => `${source} ${name}`));
    }
    const only = (await planned({ only: 'source_audio/*' })).tasks;
    expect(parts.sort()).toEqual(full);
    expect(only.map(({ source, name }) => `${source} ${name}`)).toEqual([full[1]]);
    expect(full[0]).toBe('pad_sources/one.wav one');
    expect(full[1]).toMatch(/^source_audio\/one\.wav one_[0-9a-f]{4}$/);
  });

  it.each([
    ['live/*', ['source_audio/live/deep.wav']],
    ['**/*.flac', ['source_audio/song.flac']],
    ['song', ['source_audio/song.flac']],
    ['SONG*', ['source_audio/song.flac']],
    ['nothing', []],
  ])('--only %s picks by path or name', async (only, expected) => {
    await put('source_audio/song.flac');
    await put('source_audio/live/deep.wav');
    const { tasks, folders } = await planned({ only, phases: ['mine-pads'] });
    expect(tasks.map(({ source }) => source)).toEqual(expected);
    expect(folders).toMatchObject([{ key: 'source_audio_dir', exists: true, sources: 2 }]);
  });

  it('several --only pick what any of them matches', async () => {
    for (const name of ['a', 'b', 'c']) await put(`source_audio/${name}.wav`);
    const { tasks } = await planned({ only: ['a', 'c'], phases: ['mine-pads'] });
    expect(tasks.map(({ name }) => name).sort()).toEqual(['a', 'c']);
  });

  it.each(['', ' ', ['a', '']])('only %j is refused in a sentence', async (only) => {
    await expect(planned({ only })).rejects.toThrow(/^An empty glob matches no source; .*leave it out\.$/);
  });

  it('tells only of what --only asks for', async () => {
    await mkdir(join(folder, 'drums/folder.wav'), { recursive: true });
    await put('drums/loop.wav');
    expect((await planned({ only: 'loop*' })).problems).toEqual([]);
    expect((await planned({ only: 'drums/f*' })).problems).toHaveLength(1);
    expect((await planned({ only: 'folder' })).problems).toHaveLength(1);
  });

  it('never mines what lies in the export folder', async () => {
    await put('source_audio/song.wav');
    await put('source_audio/out/song/pads/song_pad01.wav');
    const inside = settingsWith({ export_dir: 'source_audio/out' });
    expect((await planned({ settings: inside })).tasks.map(({ source }) => source)).toEqual([
      'source_audio/song.wav',
    ]);
    const around = settingsWith({ export_dir: '.' });
    const refused = await planned({ settings: around, phases: ['mine-pads'] });
    expect(refused.tasks).toEqual([]);
    expect(refused.problems).toEqual([
      { source: 'source_audio', message: expect.stringContaining('paths.source_audio_dir') },
    ]);
  });

  it('says what the folders hold', async () => {
    await put('pad_sources/readme.txt');
    await mkdir(join(folder, 'drums'));
    const { folders } = await planned();
    expect(folders.map(({ exists, sources, others }) => [exists, sources, others])).toEqual([
      [false, 0, 0],
      [true, 0, 1],
      [true, 0, 0],
    ]);
  });

  describe('without drums', () => {
    const settings = settingsWith({}, true);
    const names = async (request: Partial<PlanRequest>) =>
      (await planned({ settings, ...request })).tasks.map(({ name, path }) => `${name} ${path === null}`);

    it('makes hiss of synthetic noise, beside other work or when asked for alone', async () => {
      expect(await names({ phases: ['make-hiss'] })).toEqual(['synthetic true']);
      await put('source_audio/song.wav');
      expect(await names({})).toEqual(['song false', 'synthetic true']);
      expect(await names({ phases: ['mine-pads'] })).toEqual(['song false']);
      expect(await names({ only: 'song' })).toEqual(['song false']);
    });

    it('makes nothing in an empty project, or where it may not', async () => {
      expect(await names({})).toEqual([]);
      expect(await names({ phases: ['make-hiss'], settings: settingsWith({}, false) })).toEqual([]);
    });
  });
});

describe('a share of a plan', () => {
  const shards = (count: number, request: Partial<PlanRequest> = {}) =>
    Promise.all(
      Array.from({ length: count }, (_, i) => planned({ ...request, shard: { index: i + 1, count } })),
    );

  it('holds every source once over all shards, named as in a whole run', async () => {
    for (let i = 0; i < 7; i++) await put(`source_audio/take ${i}/song.wav`, 1000 * i);
    await put('pad_sources/song.wav');
    await put('drums/song.flac');
    const whole = await planned();
    for (const count of [1, 2, 4, 12]) {
      const parts = await shards(count);
      const tasks = parts.flatMap((part) => part.tasks);
      expect(tasks).toHaveLength(whole.tasks.length);
      expect(tasks).toEqual(expect.arrayContaining([...whole.tasks]));
      for (const { tasks: mine, share } of parts) {
        expect([...mine, ...share!.elsewhere.tasks]).toHaveLength(whole.tasks.length);
      }
    }
  });

  it('goes with --only and single phases, and holds hiss of no source once', async () => {
    for (let i = 0; i < 5; i++) await put(`source_audio/${i}.wav`);
    const request = { settings: settingsWith({}, true), only: '{[0-3].wav,synthetic}' };
    const all = (await shards(3, request)).flatMap(({ tasks }) => tasks.map(({ name }) => name));
    expect(all.sort()).toEqual(['0', '1', '2', '3', 'synthetic']);
    const pads = await shards(3, { phases: ['mine-pads'] });
    expect(pads.flatMap(({ tasks }) => tasks)).toHaveLength(5);
  });

  it('tells of each problem once', async () => {
    await put('source_audio/ok.wav');
    for (const name of ['x', 'y', 'z']) await mkdir(join(folder, `source_audio/${name}.wav`));
    const told = (await shards(2)).map(({ problems }) => problems.length);
    expect(told).toEqual([2, 1]);
  });

  it('knows the shards of one plan from those of another', async () => {
    await put('source_audio/a.wav');
    await put('source_audio/b.wav');
    const wholeOf = async (request: Partial<PlanRequest> = {}) => {
      const wholes = (await shards(2, request)).map(({ share }) => share!.whole);
      expect(new Set(wholes).size).toBe(1);
      return wholes[0];
    };
    const first = await wholeOf();
    expect(await wholeOf()).toBe(first);
    const others = [await wholeOf({ seed: 2 }), await wholeOf({ phases: ['make-hiss'] })];
    await put('source_audio/b.wav', 11);
    others.push(await wholeOf());
    await put('source_audio/c.wav');
    others.push(await wholeOf());
    expect(new Set([first, ...others]).size).toBe(5);
  });
});

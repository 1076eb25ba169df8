import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import type { Settings } from '../../src/config/settings.ts';
import { PHASES, type Phase } from '../../src/engine/phases.ts';
import { type PlanRequest, plan } from '../../src/engine/plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, bytes = 10): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), new Uint8Array(bytes));
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
  return plan({ projectFolder: folder, settings: settingsWith({}), seed: 1, phases: PHASES, ...request });
}

describe('plan', () => {
  it('gives each source one task with all that is to be made of it', async () => {
    await put('source_audio/song.wav');
    await put('pad_sources/choir.wav');
    await put('drums/loop.wav');
    const { tasks } = await planned();
    expect(Object.fromEntries(tasks.map(({ source, makings }) => [source, makings]))).toEqual({
      'source_audio/song.wav': ['pads'],
      'pad_sources/choir.wav': ['pad-loops', 'swells', 'drones', 'clouds'],
      'drums/loop.wav': ['hiss'],
    });
  });

  it('reads a file once that two folders lead to', async () => {
    await put('sounds/one.wav');
    const settings = settingsWith({ source_audio_dir: 'sounds', pad_sources_dir: 'sounds' });
    const { tasks } = await planned({ settings });
    expect(tasks.map(({ makings }) => makings)).toEqual([
      ['pads', 'pad-loops', 'swells', 'drones', 'clouds'],
    ]);
  });

  it('puts the biggest file first', async () => {
    await put('source_audio/a.wav', 10);
    await put('source_audio/b.wav', 30);
    await put('drums/c.wav', 20);
    const { tasks } = await planned();
    expect(tasks.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  });

  it('names a source alike whichever phases run and whatever --only picks', async () => {
    await put('source_audio/one.wav');
    await put('pad_sources/one.wav');
    const full = (await planned()).tasks.map(({ source, name }) => `${source} ${name}`).sort();
    const parts: string[] = [];
    for (const phases of [['mine-pads'], ['make-clouds']] as Phase[][]) {
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

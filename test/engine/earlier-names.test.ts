/** Names once given stay with their sources, known by content; new sources get the suffix. */
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beat, digests, wav } from '../end-to-end/afterglow.ts';
import {
  copyBeforeEach,
  decide,
  FLICKERS,
  folder,
  go,
  HISS,
  inExport,
  manifestRows,
  planned,
} from './old-export.ts';

copyBeforeEach();

describe('a name', () => {
  it('stays with its source when another of that stem comes before it', async () => {
    await go();
    const before = await digests(inExport('take'));
    await mkdir(join(folder, 'drums/a'));
    await writeFile(join(folder, 'drums/a/take.wav'), wav(beat(1.1, 8000), 16));
    const { made } = await go();
    expect(made.length).toBeGreaterThan(0);
    for (const path of made) expect(path).toMatch(/^take_[0-9a-f]{4}\//);
    expect(await digests(inExport('take'))).toEqual(before);
    expect(await go()).toMatchObject({ made: [], sourcesUpToDate: 2 });
  });

  it('goes with its source where that is moved or renamed, known by content', async () => {
    await go();
    await mkdir(join(folder, 'drums/b'));
    await rename(join(folder, 'drums/take.wav'), join(folder, 'drums/b/night.wav'));
    await writeFile(join(folder, 'drums/take.wav'), wav(beat(1.1, 8000), 16));
    const { made, stale } = await go();
    const rows = await manifestRows();
    const sourceOf = (path: string) => rows.find((row) => row.path === path)?.source_path;
    for (const path of [HISS, ...FLICKERS]) expect(sourceOf(path)).toBe('drums/b/night.wav');
    for (const only of ['night', 'take']) {
      expect((await planned({ only })).tasks.map(({ source }) => source)).toContain('drums/b/night.wav');
    }
    expect(made.some((path) => /^take_[0-9a-f]{4}\//.test(path))).toBe(true);
    expect(stale).toEqual([]);
  });

  it('is not given to another source while textures of the one that is gone are left', async () => {
    await go();
    await rm(join(folder, 'drums/take.wav'));
    await mkdir(join(folder, 'drums/b'));
    await writeFile(join(folder, 'drums/b/take.wav'), wav(beat(1.1, 8000), 16));
    const { made, stale } = await go();
    for (const path of made) expect(path).toMatch(/^take_[0-9a-f]{4}\//);
    expect(stale.map(({ path }) => path).toSorted()).toEqual([...FLICKERS, HISS]);
  });

  it('is known by the manifest where the cache is lost', async () => {
    await go();
    await rm(inExport('.afterglow-cache.jsonl'));
    await mkdir(join(folder, 'drums/a'));
    await copyFile(join(folder, 'drums/take.wav'), join(folder, 'drums/a/take.wav'));
    await writeFile(join(folder, 'drums/a/take.wav'), wav(beat(1.1, 8000), 16));
    const { tasks } = await planned();
    const nameOf = (source: string) => tasks.find((task) => task.source === source)?.name;
    expect(nameOf('drums/take.wav')).toBe('take');
    expect(nameOf('drums/a/take.wav')).toMatch(/^take_/);
  });

  it('stays where all of its textures are kept, and another file lies where its source lay', async () => {
    await go();
    await decide(Object.fromEntries([HISS, ...FLICKERS].map((path) => [path, { decision: 'keep' }])));
    await mkdir(join(folder, 'drums/b'));
    await rename(join(folder, 'drums/take.wav'), join(folder, 'drums/b/night.wav'));
    await writeFile(join(folder, 'drums/take.wav'), wav(beat(1.1, 8000), 16));
    const other = { seed: 7, anySeed: false };
    const first = await go(other);
    expect(first.made.every((path) => /^take_[0-9a-f]{4}\//.test(path))).toBe(true);
    // Their source is not gone, it was moved.
    expect(first.stale).toEqual([]);
    expect(first.protected).toHaveLength(4);
    expect(await go(other, { prune: true })).toMatchObject({ made: [], stale: [], sourcesUpToDate: 2 });
    await writeFile(join(folder, 'drums/later.wav'), wav(beat(1.3, 8000), 16));
    const { made } = await go(other);
    expect(made.every((path) => path.startsWith('later/'))).toBe(true);
  });

  it('goes with its source where only one of its phases was run since that was moved', async () => {
    await go({ phases: ['make-hiss', 'mine-drums'] });
    await mkdir(join(folder, 'drums/b'));
    await rename(join(folder, 'drums/take.wav'), join(folder, 'drums/b/night.wav'));
    await writeFile(join(folder, 'drums/take.wav'), wav(beat(1.1, 8000), 16));
    for (const phase of ['make-hiss', 'make-hiss', 'mine-drums'] as const) {
      await go({ phases: [phase] });
      const { tasks } = await planned({ phases: ['make-hiss', 'mine-drums'] });
      const names = new Map(tasks.map(({ source, name }) => [source, name]));
      expect(names.get('drums/b/night.wav')).toBe('take');
      expect(names.get('drums/take.wav')).toMatch(/^take_[0-9a-f]{4}$/);
    }
  });

  it('comes back with its source, and is left by the one that came meanwhile', async () => {
    await go();
    await rename(join(folder, 'drums/take.wav'), join(folder, 'away.wav'));
    await mkdir(join(folder, 'drums/a'));
    await writeFile(join(folder, 'drums/a/take.wav'), wav(beat(1.1, 8000), 16));
    await go({}, { prune: true });
    await rename(join(folder, 'away.wav'), join(folder, 'drums/take.wav'));
    const { made } = await go();
    expect(made.toSorted()).toEqual([...FLICKERS, HISS]);
    expect(await go()).toMatchObject({ made: [], stale: [], sourcesUpToDate: 2 });
  });

  it('stays with its source where another project of that export folder has a copy of it', async () => {
    await go();
    const other = join(folder, 'other');
    await mkdir(join(other, 'drums'), { recursive: true });
    await copyFile(join(folder, 'drums/take.wav'), join(other, 'drums/take.wav'));
    // Its stamp is another then.
    await utimes(join(folder, 'drums/take.wav'), 1e9, 1e9);
    const { settings } = (await planned()).request;
    const paths = { ...settings.paths, export_dir: inExport('.') };
    const ofOther = { projectFolder: other, settings: { ...settings, paths } };
    const { made } = await go(ofOther);
    expect(made.length).toBeGreaterThan(0);
    expect(made.every((path) => /^take_[0-9a-f]{4}\//.test(path))).toBe(true);
    for (const project of [{}, ofOther]) {
      expect(await go(project)).toMatchObject({ made: [], stale: [], sourcesUpToDate: 1 });
    }
  });

  it('goes to a copy where its source is removed', async () => {
    await go();
    await copyFile(join(folder, 'drums/take.wav'), join(folder, 'drums/zebra.wav'));
    expect((await go()).made).toEqual([]);
    await rm(join(folder, 'drums/take.wav'));
    const { made, stale } = await go();
    expect(made.toSorted()).toEqual([...FLICKERS, HISS]);
    expect(stale).toEqual([]);
  });

  it('is not given to one that differs in case only', async () => {
    await go();
    await writeFile(join(folder, 'drums/TAKE.wav'), wav(beat(1.1, 8000), 16));
    const { made } = await go();
    expect(made.every((path) => /^TAKE_[0-9a-f]{4}\//.test(path))).toBe(true);
  });
});

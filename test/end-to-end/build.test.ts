import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWhereStale, isStale } from './build.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-build-'));
  await put('src/room/a.ts', 100);
  await put('src/room', 100);
  await put('src', 100);
});
afterEach(() => rm(folder, { recursive: true }));

/** A file, or a folder that is there, last changed so many seconds into 1970. */
async function put(path: string, changed: number): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  if (path.includes('.')) await writeFile(target, '');
  await utimes(target, changed, changed);
}

const stale = () => isStale(join(folder, 'src'), join(folder, 'dist'));

describe('isStale', () => {
  it('asks for a build where there is none', async () => {
    expect(await stale()).toBe(true);
  });

  it.each([
    ['nothing', null, 0, false],
    ['a source', 'src/room/a.ts', 300, true],
    ['a folder of sources, from which one was removed,', 'src/room', 300, true],
    ['a file of an earlier build, which none has replaced,', 'dist/b.js', 50, false],
  ])('where %s was changed since the build: %s', async (_, path, changed, expected) => {
    await put('dist/room/a.js', 200);
    if (path !== null) await put(path, changed);
    expect(await stale()).toBe(expected);
  });
});

describe('buildWhereStale', () => {
  const build = () => buildWhereStale(folder, ['src', 'build.mjs'], ['dist/room']);
  const script = (command: string) =>
    writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { build: command } }));
  beforeEach(() => put('build.mjs', 100));

  it('builds, and does not build again what is of today', async () => {
    await script('mkdir -p dist/room && touch dist/room/a.js');
    await build();
    expect(await readdir(join(folder, 'dist/room'))).toEqual(['a.js']);
    await script('false');
    await build();
    await put('build.mjs', Date.now() / 1000 + 60);
    await expect(build()).rejects.toThrow('The build failed');
  });

  it('leaves nothing to run where it fails, so that the next run builds again', async () => {
    await script('mkdir -p dist/room && touch dist/room/a.js && echo wrong type && false');
    await expect(build()).rejects.toThrow('wrong type');
    expect(await readdir(folder)).not.toContain('dist');
    await expect(build()).rejects.toThrow('wrong type');
  });
});

import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachePath } from '../../src/archive/cache-file.ts';
import { emptyCache, writeCache } from '../../src/engine/cache.ts';
import { readCache } from '../../src/engine/read-cache.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Platform } from '../../src/platform/platform.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-cache-'));
  const known = emptyCache();
  known.contents.set('a.wav', { stamp: '1', sha256: 'a' });
  await writeCache(nodePlatform, { exportFolder: folder, exportRoot: folder }, known);
});
afterEach(() => rm(folder, { recursive: true }));

/** The same machine, some seconds after all that was written. */
const later: Platform = {
  ...nodePlatform,
  clock: { ...nodePlatform.clock, now: () => Date.now() + 10_000 },
};
const contentOf = async (platform: Platform) => (await readCache(platform, folder))?.contents.get('a.wav');

describe('a cache that is asked for again', () => {
  it('is not read again while its file is the same', async () => {
    const first = await contentOf(later);
    expect(first).toEqual({ stamp: '1', sha256: 'a' });
    expect(await contentOf(later)).toBe(first);
  });

  it('is read again where its file has changed, or is so young that it may have', async () => {
    const first = await contentOf(later);
    await appendFile(cachePath(folder), '{"origin":"a.wav","stamp":"2","sha256":"b"}\n');
    expect(await contentOf(later)).toEqual({ stamp: '2', sha256: 'b' });
    expect(await contentOf(nodePlatform)).not.toBe(first);
    expect(await contentOf(nodePlatform)).not.toBe(await contentOf(nodePlatform));
  });

  it('knows nothing of what was noted in an earlier copy', async () => {
    (await readCache(later, folder))!.contents.clear();
    expect(await contentOf(later)).toBeDefined();
  });

  it('is none where its first line is of another shape, or the file is gone', async () => {
    await rm(cachePath(folder));
    expect(await readCache(later, folder)).toBeNull();
    await appendFile(cachePath(folder), '{"shape":0}\n{"shape":1}\n');
    expect(await readCache(later, folder)).toBeNull();
  });
});

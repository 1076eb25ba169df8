/** Node's files are on the disk under their names once a promise is kept: their folders are flushed too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const flushed: string[] = [];
vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  const watched = async (...call: Parameters<typeof actual.open>) => {
    const handle = await actual.open(...call);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      flushed.push(String(call[0]));
    };
    return handle;
  };
  return { ...actual, open: vi.fn(watched) };
});

const folder = mkdtempSync(join(tmpdir(), 'afterglow-flush-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.skipIf(process.platform === 'win32')('flush the folder in which a name is new', async () => {
  const { files } = nodePlatform;
  const [one, two, inner] = ['one', 'two', 'inner'].map((name) => join(folder, name));
  const flushedBy = async (change: Promise<unknown>) => {
    await change;
    return flushed.splice(0);
  };
  expect(await flushedBy(files.write(one, new Uint8Array(3)))).toEqual([one, folder]);
  expect(await flushedBy(files.makeFolder(inner))).toEqual([folder]);
  expect(await flushedBy(files.rename(one, two))).toEqual([folder]);
  expect(await flushedBy(files.rename(two, join(inner, 'one')))).toEqual([inner, folder]);
  for (const copy of ['copy', 'copyAsIs'] as const) {
    const to = join(folder, copy);
    expect(await flushedBy(files[copy](join(inner, 'one'), to))).toEqual([to, dirname(to)]);
  }
  const journal = join(folder, 'journal');
  expect(await flushedBy(files.appendLines(journal, 'a\n', true))).toEqual([folder]);
  expect(await flushedBy(files.appendLines(journal, 'b\n', true))).toEqual([]);
  expect(vi.mocked(open)).toHaveBeenCalled();
});

/** Node's files are on the disk under their names once a promise is kept: their folders are flushed too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const flushed: string[] = [];
vi.mock('node:fs', async (original) => {
  const actual = await original<typeof import('node:fs')>();
  const paths = new Map<number, string>();
  const openSync = (...call: Parameters<typeof actual.openSync>) => {
    const descriptor = actual.openSync(...call);
    paths.set(descriptor, String(call[0]));
    return descriptor;
  };
  const fsync = (descriptor: number, done: (error: Error | null) => void) =>
    actual.fsync(descriptor, (error) => {
      flushed.push(paths.get(descriptor)!);
      done(error);
    });
  return { ...actual, openSync, fsync };
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
  expect(await flushedBy(files.writeTemporary(`${one}.new`, new Uint8Array(3)))).toEqual([`${one}.new`]);
  expect(await flushedBy(files.makeFolder(inner))).toEqual([folder]);
  expect(await flushedBy(files.rename(one, two))).toEqual([folder]);
  expect(await flushedBy(files.rename(two, join(inner, 'one')))).toEqual([inner, folder]);
  for (const copy of ['copy', 'copyAsIs'] as const) {
    const to = join(folder, copy);
    expect(await flushedBy(files[copy](join(inner, 'one'), to))).toEqual([to, dirname(to)]);
  }
  const journal = join(folder, 'journal');
  expect(await flushedBy(files.appendLines(journal, 'a\n', true))).toEqual([journal, folder]);
  expect(await flushedBy(files.appendLines(journal, 'b\n', true))).toEqual([journal]);
  expect(await flushedBy(files.appendLines(journal, 'c\n', false))).toEqual([]);
});

import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/archive/content-hash.ts';
import { identicalFiles } from '../../src/archive/identical-files.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterglow-identical-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array) {
  writeFileSync(join(folder, name), bytes);
  return { path: join(folder, name), bytes: bytes.length };
}

/** Zeros with a one at a place. */
const bytes = (length: number, place = -1) => Uint8Array.from({ length }, (_, i) => Number(i === place));

async function groups(files: Parameters<typeof identicalFiles>[1]) {
  const read: string[] = [];
  const readThrough = async ({ path }: { path: string }) => {
    read.push(basename(path));
    return digestOf(nodePlatform, path);
  };
  const found = await identicalFiles(nodePlatform, files, readThrough, async () => null);
  return { names: found.map((group) => group.map(({ file }) => basename(file.path))), read, found };
}

describe('identicalFiles', () => {
  it('finds what is the same byte for byte, short or long, and nothing else', async () => {
    const files = [
      file('a', bytes(100_000)),
      file('short', bytes(3, 1)),
      file('b', bytes(100_000)),
      // Where no sample is taken.
      file('c', bytes(100_000, 20_000)),
      file('short again', bytes(3, 1)),
      file('d', bytes(100_000)),
    ];
    const { names, found } = await groups(files);
    expect(names).toEqual([
      ['a', 'b', 'd'],
      ['short', 'short again'],
    ]);
    expect(found[1][0].sha256).toBe(await nodePlatform.sha256Of(bytes(3, 1)));
  });

  it('reads through only what agrees in size and at three places', async () => {
    const files = [0, 50_000, 99_999].map((place) => file(`stem at ${place}`, bytes(100_000, place)));
    const { names, read } = await groups([...files, file('longer', bytes(100_001))]);
    expect([names, read]).toEqual([[], []]);
  });

  it('looks into all of them by one room', async () => {
    const rooms = new Set<unknown>();
    const { files: disk, ...rest } = nodePlatform;
    const readPieces: typeof disk.readPieces = async (path, starts, length, room) => {
      rooms.add(room?.buffer);
      return disk.readPieces(path, starts, length, room);
    };
    const files = ['a', 'b', 'c', 'd'].map((name, i) => file(name, bytes(100_000, i % 2 ? 50_000 : i)));
    const read = async ({ path }: { path: string }) => digestOf(nodePlatform, path);
    const platform = { ...rest, files: { ...disk, readPieces } };
    const found = await identicalFiles(platform, files, read, async () => null);
    expect([found.length, [...rooms].map((room) => room instanceof ArrayBuffer)]).toEqual([1, [true]]);
  });

  it('passes over empty files and what cannot be read', async () => {
    const gone = ['x', 'y'].map((name) => ({ path: join(folder, name), bytes: 5 }));
    expect((await groups([file('a', bytes(0)), file('b', bytes(0)), ...gone])).names).toEqual([]);
  });

  it('believes the digest that it is told', async () => {
    const files = [file('a', bytes(9)), file('b', bytes(9))];
    linkSync(files[0].path, join(folder, 'c'));
    const found = await identicalFiles(
      nodePlatform,
      [...files, { path: join(folder, 'c'), bytes: 9 }],
      async ({ path }) => (basename(path) === 'b' ? 'another' : digestOf(nodePlatform, path)),
      async () => null,
    );
    expect(found.map((group) => group.map(({ file }) => basename(file.path)))).toEqual([['a', 'c']]);
  });

  it('reads nothing where all digests are known', async () => {
    const files = ['x', 'y', 'z'].map((name) => ({ path: join(folder, name), bytes: 9 }));
    const found = await identicalFiles(
      nodePlatform,
      files,
      () => Promise.reject(new Error('it was read')),
      async ({ path }) => (basename(path) === 'y' ? 'another' : 'one'),
    );
    expect(found.map((group) => group.map(({ file }) => basename(file.path)))).toEqual([['x', 'z']]);
  });
});

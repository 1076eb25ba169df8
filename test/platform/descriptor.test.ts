/** Node's open files: closed once, however often that is asked, and never read afterwards, whose ever their number is then. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-descriptor-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a closed file is closed once, and read no more', async () => {
  const { files } = nodePlatform;
  const [one, two] = ['one', 'two'].map((name) => join(folder, name));
  for (const path of [one, two]) writeFileSync(path, path);
  const first = await files.open(one);
  await first.close();
  // The system gives it the number that is free.
  const second = await files.open(two);
  await first.close();
  await expect(first.read(new Uint8Array(4), 0)).rejects.toThrow();
  expect(await second.read(new Uint8Array(two.length + 5), 0)).toBe(two.length);
  await second.close();
});

it('closing waits for the reads under way, which get the bytes of their own file', async () => {
  const { files } = nodePlatform;
  const [ones, twos] = [1, 2].map((value) => join(folder, `all-${value}`));
  for (const [i, path] of [ones, twos].entries()) writeFileSync(path, new Uint8Array(2 ** 20).fill(i + 1));
  const first = await files.open(ones);
  // More than the pool has threads, so that some have not begun.
  const rooms = Array.from({ length: 32 }, () => new Uint8Array(2 ** 20));
  const reading = rooms.map((room) => first.read(room, 0));
  const closing = first.close();
  const late = expect(first.read(new Uint8Array(4), 0)).rejects.toThrow();
  const second = await files.open(twos);
  expect(new Set(await Promise.all(reading))).toEqual(new Set([2 ** 20]));
  expect(new Set(rooms.flatMap((room) => [room[0], room.at(-1)]))).toEqual(new Set([1]));
  await Promise.all([late, closing, second.close()]);
});

it('scratch room that is closed is written to no more, whose ever its number is then', async () => {
  const scratch = await nodePlatform.files.scratch();
  await scratch.append(new Uint8Array(4));
  await scratch.close();
  const somebodys = join(folder, 'somebodys');
  const file = openSync(somebodys, 'wx+');
  try {
    await expect(scratch.append(new Uint8Array(4))).rejects.toThrow();
  } finally {
    closeSync(file);
  }
  expect(readFileSync(somebodys)).toHaveLength(0);
});

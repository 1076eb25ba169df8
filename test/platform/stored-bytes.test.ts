/** A disk in memory whose files' bytes lie elsewhere, as those of the page do. */
import { expect, it } from 'vitest';
import { appended } from '../../src/platform/memory/appended.ts';
import { copyOfDisk, memoryDisk } from '../../src/platform/memory/disk.ts';
import { memoryFiles } from '../../src/platform/memory/files.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (read: Uint8Array) => new TextDecoder().decode(read);

async function filesStored(failsAt = () => false) {
  const disk = memoryDisk();
  const files = memoryFiles(disk, failsAt, async (given) => {
    const kept = given as Uint8Array;
    const range = async (start: number, end: number) => kept.slice(start, end);
    return { size: kept.length, range };
  });
  return { disk, files };
}

it('is read whole, by ranges and in pieces', async () => {
  const { files } = await filesStored();
  await files.write('/a', bytes('abcdefghij'));
  await files.copy('/a', '/b');
  await files.rename('/b', '/c');
  expect((await files.stat('/c'))?.size).toBe(10);
  expect(text(await files.read('/c'))).toBe('abcdefghij');
  const open = await files.open('/c');
  const into = new Uint8Array(4);
  expect([await open.read(into, 8), text(into.subarray(0, 2))]).toEqual([2, 'ij']);
  expect(text(await files.readPieces('/c', [1, 8], 3))).toBe('bcdij\0');
});

it('takes lines from several at once, and loses none', async () => {
  const { files } = await filesStored();
  await files.write('/log', bytes('first'));
  await Promise.all(['a', 'b', 'c'].map((line) => files.appendLines('/log', `${line}\n`, true)));
  expect(
    text(await files.read('/log'))
      .split('\n')
      .sort(),
  ).toEqual(['', 'a', 'b', 'c', 'first']);
});

it('holds half of what there was no room for', async () => {
  const { files } = await filesStored(() => true);
  await expect(files.write('/a', bytes('abcdef'))).rejects.toThrow('ENOSPC');
  expect(text(await files.read('/a'))).toBe('abc');
});

it('lines that are added to a copy of a disk do not show on the other', async () => {
  const disk = memoryDisk();
  const files = memoryFiles(disk, () => false);
  await files.appendLines('/log', 'one\n', true);
  await files.appendLines('/log', 'two\n', true);
  const other = memoryFiles(copyOfDisk(disk), () => false);
  await Promise.all([files.appendLines('/log', 'here\n', true), other.appendLines('/log', 'there\n', true)]);
  expect(text(await files.read('/log'))).toBe('one\ntwo\nhere\n');
  expect(text(await other.read('/log'))).toBe('one\ntwo\nthere\n');
});

it('what is added to bytes goes into the room behind them', () => {
  const one = appended(new Uint8Array(), bytes('one'));
  const both = appended(one, bytes('two'));
  expect([text(one), text(both), both.buffer === one.buffer]).toEqual(['one', 'onetwo', true]);
});

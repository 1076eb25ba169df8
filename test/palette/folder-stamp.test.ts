import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStamp } from '../../src/palette/folder-stamp.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-stamp-'));
  await mkdir(join(folder, 'pads'));
  await writeFile(join(folder, 'pads/one.wav'), 'one');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('folderStamp', () => {
  it('stays while nothing changes, and is null where there is nothing', async () => {
    expect(await folderStamp(folder)).toBe(await folderStamp(folder));
    expect(await folderStamp(join(folder, 'pads/one.wav'))).not.toBeNull();
    expect(await folderStamp(join(folder, 'none'))).toBeNull();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['added', () => writeFile(join(folder, 'pads/two.wav'), 'two')],
    ['lengthened', () => writeFile(join(folder, 'pads/one.wav'), 'longer')],
    ['written over, as long as before', () => utimes(join(folder, 'pads/one.wav'), 1, 2)],
    ['removed', () => rm(join(folder, 'pads/two.wav'))],
  ])('tells where a file was %s', async (_, change) => {
    const before = await folderStamp(folder);
    await change();
    expect(await folderStamp(folder)).not.toBe(before);
  });
});

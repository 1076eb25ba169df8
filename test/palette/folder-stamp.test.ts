import { cp, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStamp } from '../../src/palette/folder-stamp.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-stamp-'));
  await mkdir(join(folder, 'pads'));
  await writeFile(join(folder, 'pads/one.wav'), 'one');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('folderStamp', () => {
  it('stays while nothing changes, and is null where there is nothing', async () => {
    expect(await folderStamp(nodePlatform, folder)).toBe(await folderStamp(nodePlatform, folder));
    expect(await folderStamp(nodePlatform, join(folder, 'none'))).toBeNull();
  });

  it('counts no times, no copies and nothing that systems leave', async () => {
    const before = await folderStamp(nodePlatform, folder);
    await utimes(join(folder, 'pads/one.wav'), 1, 2);
    for (const name of ['.DS_Store', 'pads/Thumbs.db', 'desktop.ini', 'pads/._one.wav']) {
      await writeFile(join(folder, name), name);
    }
    expect(await folderStamp(nodePlatform, folder)).toBe(before);
    await cp(folder, `${folder}-copy`, { recursive: true });
    expect(await folderStamp(nodePlatform, `${folder}-copy`)).toBe(before);
    await rm(`${folder}-copy`, { recursive: true });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['added', () => writeFile(join(folder, 'pads/two.wav'), 'two')],
    ['lengthened', () => writeFile(join(folder, 'pads/one.wav'), 'longer')],
    ['written over, as long as before', () => writeFile(join(folder, 'pads/one.wav'), 'LONGER')],
    ['called otherwise', () => rename(join(folder, 'pads/two.wav'), join(folder, 'pads/three.wav'))],
    ['removed', () => rm(join(folder, 'pads/three.wav'))],
  ])('tells where a file was %s', async (_, change) => {
    const before = await folderStamp(nodePlatform, folder);
    await change();
    expect(await folderStamp(nodePlatform, folder)).not.toBe(before);
  });
});

import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSettled, stampOf } from '../../src/archive/stamp.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-stamp-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a stamp', () => {
  it('is the same as long as nobody writes', async () => {
    await writeFile(join(folder, 'a'), 'one');
    expect(await stampOf(nodePlatform, join(folder, 'a'))).toEqual(
      await stampOf(nodePlatform, join(folder, 'a')),
    );
  });

  // Windows keeps no time that a program could not set.
  it.skipIf(process.platform === 'win32')(
    'changes with the content, though size and time be set back',
    async () => {
      const path = join(folder, 'a');
      await writeFile(path, 'one');
      await utimes(path, 1000, 1000);
      const before = (await stampOf(nodePlatform, path))!;
      // Clocks of file systems tick every few ms.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await writeFile(path, 'two');
      await utimes(path, 1000, 1000);
      expect((await stampOf(nodePlatform, path))!.text).not.toBe(before.text);
    },
  );

  it('is none of a folder or of nothing', async () => {
    expect(await stampOf(nodePlatform, folder)).toBeNull();
    expect(await stampOf(nodePlatform, join(folder, 'none'))).toBeNull();
  });

  it('is trusted only where the file could not have changed since within a tick', () => {
    expect(isSettled({ text: '', changedMs: 10_000 }, 11_999)).toBe(false);
    expect(isSettled({ text: '', changedMs: 10_000 }, 12_001)).toBe(true);
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/archive/make-folder.ts';
import { FileSystemError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('makeFolder', () => {
  it('makes what is missing, and tells the topmost of it', async () => {
    expect(await makeFolder(nodePlatform, join(folder, 'a/b/c'))).toBe(join(folder, 'a'));
    expect(existsSync(join(folder, 'a/b/c'))).toBe(true);
    expect(await makeFolder(nodePlatform, join(folder, 'a/b/c'))).toBeUndefined();
    expect(await makeFolder(nodePlatform, join(folder, 'a/b/d'))).toBe(join(folder, 'a/b/d'));
  });

  it('refuses what lies below a file, by name', async () => {
    await writeFile(join(folder, 'file'), '');
    const refused = makeFolder(nodePlatform, join(folder, 'file/below'));
    await expect(refused).rejects.toThrow(FileSystemError);
    await expect(refused).rejects.toThrow(/file\/below/);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('comes back where a folder takes no folders', async () => {
    await expect(makeFolder(nodePlatform, '/proc/self/fd/export/tr8s')).rejects.toThrow(
      /Cannot make “\/proc\/self\/fd\/export/,
    );
  });
});

import { expect, it } from 'vitest';
import { journalPath } from '../../src/archive/journal.ts';
import { MANIFEST_COLUMNS, type ManifestRow } from '../../src/archive/manifest-row.ts';
import { placeListed } from '../../src/engine/place-listed.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import type { Platform } from '../../src/platform/platform.ts';

const LOCATION = { exportFolder: '/export', exportRoot: '/export' };
const ROW = {
  ...Object.fromEntries(MANIFEST_COLUMNS.map((column) => [column, ''])),
  path: 'pads/a.wav',
} as ManifestRow;

/** A platform that notes what is done to the disk, and how its journal fares. */
async function watched(flushed: () => Promise<void>) {
  const done: string[] = [];
  const { files, ...platform } = memoryPlatform();
  await files.makeFolder('/export');
  const noting: Platform['files'] = {
    ...files,
    async appendLines(path, text, flush) {
      if (flush) {
        done.push('promise');
        await flushed();
        done.push('promised');
      }
      await files.appendLines(path, text, flush);
    },
    async writeTemporary(path, bytes) {
      done.push('write');
      await files.writeTemporary(path, bytes);
      done.push('written');
    },
    async rename(from, to) {
      done.push('rename');
      await files.rename(from, to);
    },
    async remove(path) {
      done.push('remove');
      return files.remove(path);
    },
  };
  return { done, platform: { ...platform, files: noting }, files };
}

it('writes a file while the disk takes its line in the journal, and names it once both are there', async () => {
  let release = () => {};
  const flushing = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { done, platform, files } = await watched(() => flushing);
  const placing = placeListed(platform, ROW, new Uint8Array(3), LOCATION);
  // Of a file that waits for its line, that never happens.
  for (let turn = 0; turn < 100 && !done.includes('written'); turn++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  expect(done).toEqual(['promise', 'write', 'written']);
  release();
  await placing;
  expect(done).toEqual(['promise', 'write', 'written', 'promised', 'rename']);
  expect(await files.exists('/export/pads/a.wav')).toBe(true);
});

it('gives no name to a file whose line cannot be kept, and clears it up once it is written', async () => {
  const { done, platform, files } = await watched(async () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(placeListed(platform, ROW, new Uint8Array(3), LOCATION)).rejects.toMatchObject({
    code: 'disk-full',
    context: { path: journalPath('/export') },
  });
  expect(done).toEqual(['promise', 'write', 'written', 'remove']);
  expect(await files.list('/export/pads')).toEqual([]);
});

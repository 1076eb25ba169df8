/** Blobs as files are read, those that can no longer be read among them. */
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diskError } from '../../src/archive/disk-errors.ts';
import { blobOf, heldBytes, openBlob, StoredBlob } from '../../src/platform/browser/blob-bytes.ts';
import { mountedFiles } from '../../src/platform/browser/mounted-files.ts';
import { LOCAL_PATHS } from '../../src/platform/browser/platform.ts';
import { answerFileCall, remoteFiles } from '../../src/platform/browser/shared-files.ts';
import { memoryDisk } from '../../src/platform/memory/disk.ts';
import { memoryFiles } from '../../src/platform/memory/files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-blob-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A Blob of a file that was changed since, as browsers' are where something happens to what they stand for. */
async function lostBlob(): Promise<Blob> {
  const file = join(folder, 'lost');
  await writeFile(file, 'abcdef');
  const blob = await openAsBlob(file);
  await writeFile(file, 'abc');
  return blob;
}

/** A disk whose file `/stored` is a Blob, and on which `/song` is a file of the browser's. */
function filesWith(stored: Blob) {
  const memory = memoryFiles(
    memoryDisk(),
    () => false,
    async () => new StoredBlob(stored),
  );
  return mountedFiles(memory, new Map([['/song', stored as File]]));
}

it('are read by ranges, and handed on without being fetched', async () => {
  const blob = new Blob(['abcdef']);
  const into = new Uint8Array(4);
  expect(await openBlob(blob).read(into, 3)).toBe(3);
  expect(new TextDecoder().decode(into)).toBe('def\0');
  expect(await blobOf(new StoredBlob(blob))).toBe(blob);
  expect(await (await blobOf(new TextEncoder().encode('abc'))).text()).toBe('abc');
});

it('that the browser lost fail with a code of POSIX and a sentence, however they are read', async () => {
  const files = filesWith(await lostBlob());
  await files.write('/stored', new Uint8Array(6));
  for (const path of ['/stored', '/song']) {
    const open = await files.open(path);
    for (const read of [
      () => files.read(path),
      () => files.readPieces(path, [0], 2),
      () => open.read(new Uint8Array(2), 0),
      () => files.copy(path, `${path}-copy`).then(() => files.read(`${path}-copy`)),
    ]) {
      const error = await read().catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'EIO' });
      expect(diskError(error, 'read', path).message).toMatch(
        /^Cannot read “.*”: the browser no longer has what it held \(.*\); check the disk\.$/,
      );
    }
  }
});

it('pass a browser’s own error on to other workers with a code that is a text', async () => {
  const lost = () => Promise.reject(new DOMException('It is gone.', 'NotFoundError'));
  const call = { call: 1, method: 'decode', given: ['/song'] } as const;
  const answer = await answerFileCall(filesWith(new Blob()), { blob: lost, decode: lost }, call);
  expect(answer).toEqual({ call: 1, failure: { code: 'EIO', message: 'It is gone.' } });
});

it('are what another worker writes where it is much, and are kept as they came', async () => {
  const disk = memoryDisk();
  const kept: (Uint8Array | StoredBlob)[] = [];
  const served = memoryFiles(
    disk,
    () => false,
    async (given) => {
      const held = await heldBytes(given);
      kept.push(held);
      return held;
    },
  );
  const nothing = () => Promise.reject(new Error('Nobody asks for that.'));
  const sent: (Uint8Array | Blob)[] = [];
  const { files, take } = remoteFiles({ ...LOCAL_PATHS, scratch: nothing }, async (call) => {
    sent.push(call.given[1] as Uint8Array | Blob);
    take(await answerFileCall(served, { blob: nothing, decode: nothing }, call));
  });
  const [little, much] = [1000, 100_000].map((length) => Uint8Array.from({ length }, (_, i) => i));
  await files.write('/little', little);
  await files.write('/much', much);
  await files.writeTemporary('/pieces', [much, little]);
  expect(sent.map((each) => each instanceof Blob)).toEqual([false, true, true]);
  expect(kept.slice(1).map((each) => each instanceof StoredBlob && each.blob)).toEqual(sent.slice(1));
  const lengths = await Promise.all(
    ['/little', '/much', '/pieces'].map(async (path) => (await served.read(path)).length),
  );
  expect(lengths).toEqual([1000, 100_000, 101_000]);
  expect(await served.read('/much')).toEqual(much);
});

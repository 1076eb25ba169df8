import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskError } from './disk-errors.ts';
import { assertInside } from './export-root.ts';
import { makeFolder } from './make-folder.ts';
import { temporaryPath } from './temporary.ts';

/**
 * Writes a file as a whole or not at all: under another name in the same folder, flushed to the disk, then renamed.
 * Missing folders are made. What stood there before is replaced.
 *
 * @param bytes all at once, or piece by piece where it is more than should be held
 * @param root no write happens outside this folder, links resolved; null lifts that
 * @throws NotAllowedError outside the root, or where permission is missing; DiskFullError; FileSystemError
 */
export async function writeAtomic(
  path: string,
  bytes: Uint8Array | Iterable<Uint8Array>,
  root: string | null,
): Promise<void> {
  if (root !== null) assertInside(path, root);
  const folder = dirname(path);
  const temporary = temporaryPath(folder);
  try {
    await makeFolder(folder);
    await writeAndFlush(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(cause, 'write', path);
  }
}

async function writeAndFlush(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
  const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
  const handle = await open(path, 'wx');
  try {
    // On an open file each goes on where the one before ended.
    for (const piece of pieces) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

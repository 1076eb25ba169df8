import { dirname } from '../paths.ts';
import type { FileBytes, Platform } from '../platform/platform.ts';
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
 * @param meanwhile what has to be done before the file is in place: the disk is waited for once, for both
 * @throws NotAllowedError outside the root, or where permission is missing; DiskFullError; FileSystemError
 */
export async function writeAtomic(
  platform: Platform,
  path: string,
  bytes: FileBytes,
  root: string | null,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  if (root !== null) await assertInside(platform, path, root);
  const folder = dirname(path);
  const temporary = temporaryPath(platform, folder);
  try {
    await makeFolder(platform, folder);
    await bothOf(meanwhile(), platform.files.writeTemporary(temporary, bytes));
    await platform.files.rename(temporary, path);
  } catch (cause) {
    await platform.files.remove(temporary).catch(() => undefined);
    throw diskError(cause, 'write', path);
  }
}

/** Waits for both, also where one fails: what is still being written cannot be removed. @throws what the first threw, or the second */
async function bothOf(...works: readonly [Promise<void>, Promise<void>]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

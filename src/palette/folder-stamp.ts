import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../archive/content-hash.ts';
import { diskError } from '../archive/disk-errors.ts';
import { FOLDER_RECORD } from '../archive/folder-record.ts';
import { filesBelow } from './files-below.ts';

/**
 * What tells whether a folder was changed: a digest of the names and bytes of all files in it. Times do not count, since
 * copying sets them, nor does what systems leave behind, nor the folder's own record, which older versions did not write.
 *
 * @returns null where there is none
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function folderStamp(folder: string): Promise<string | null> {
  const isThere = await lstat(folder).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw diskError(cause, 'read', folder);
    },
  );
  if (!isThere) return null;
  const digest = createHash('sha256');
  for (const name of await filesBelow(folder)) {
    if (name === FOLDER_RECORD) continue;
    digest.update(`${name}\n${await digestOf(join(folder, name))}\n`);
  }
  return digest.digest('hex');
}

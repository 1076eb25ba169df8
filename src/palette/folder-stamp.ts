import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../archive/disk-errors.ts';

/**
 * What tells whether a folder, or a file, was changed: a digest of the names, sizes and times of all files in it.
 * @returns null where there is none
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function folderStamp(path: string): Promise<string | null> {
  const own = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw diskError(cause, 'read', path);
  });
  if (own === null) return null;
  try {
    const names = own.isDirectory() ? await readdir(path, { recursive: true }) : [''];
    const digest = createHash('sha256');
    for (const name of names.sort()) {
      const facts = await stat(join(path, name));
      if (facts.isFile()) digest.update(`${name}\n${facts.size}\n${facts.mtimeMs}\n`);
    }
    return digest.digest('hex');
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
}

import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { diskError } from '../archive/disk-errors.ts';
import { isClutter } from './clutter.ts';

/**
 * All that lies below a folder and is no folder, links and pipes too, by path with slashes, sorted; clutter is left out.
 * Links are not followed.
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw diskError(cause, 'read', folder);
  });
  return entries
    .filter((entry) => !entry.isDirectory() && !isClutter(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

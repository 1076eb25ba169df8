import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../archive/disk-errors.ts';
import { isClutter } from './clutter.ts';

/**
 * All that lies below a folder and is no folder, links and pipes too, by path with slashes, sorted; clutter is left out.
 * Links are not followed.
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw diskError(cause, 'read', folder);
  });
  const below = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isDirectory()) return isClutter(entry.name) ? [] : [entry.name];
      const files = await filesBelow(join(folder, entry.name));
      return files.map((file) => `${entry.name}/${file}`);
    }),
  );
  return below.flat().sort();
}

/** The bytes of all files below a folder; 0 where there is none. */
export async function bytesBelow(folder: string): Promise<number> {
  const files = await filesBelow(folder).catch(() => []);
  return files.reduce(
    (sum, file) => sum + (statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

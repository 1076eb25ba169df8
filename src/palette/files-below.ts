import { diskError } from '../archive/disk-errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { isClutter } from './clutter.ts';

/**
 * All that lies below a folder and is no folder, links and pipes too, by path with slashes, sorted; clutter is left out.
 * Links are not followed.
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function filesBelow(platform: Platform, folder: string): Promise<string[]> {
  const entries = await platform.files.list(folder).catch((cause) => {
    throw diskError(cause, 'read', folder);
  });
  const below = await Promise.all(
    entries.map(async (entry) => {
      if (entry.kind !== 'folder') return isClutter(entry.name) ? [] : [entry.name];
      const inside = await filesBelow(platform, join(folder, entry.name));
      return inside.map((file) => `${entry.name}/${file}`);
    }),
  );
  return below.flat().sort();
}

/** The bytes of all files below a folder; 0 where there is none. */
export async function bytesBelow(platform: Platform, folder: string): Promise<number> {
  let sum = 0;
  for (const file of await filesBelow(platform, folder).catch(() => [])) {
    sum += (await platform.files.stat(join(folder, file)).catch(() => null))?.size ?? 0;
  }
  return sum;
}

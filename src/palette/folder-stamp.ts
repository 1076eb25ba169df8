import { digestOf } from '../archive/content-hash.ts';
import { FOLDER_RECORD } from '../archive/folder-record.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { filesBelow } from './files-below.ts';

/**
 * What tells whether a folder was changed: a digest of the names and bytes of all files in it. Times do not count, since
 * copying sets them, nor does what systems leave behind, nor the folder's own record, which older versions did not write.
 *
 * @param known SHA-256 of files that nobody can have changed since that was taken, by name
 * @returns null where there is none
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function folderStamp(
  platform: Platform,
  folder: string,
  known: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  if ((await platform.files.kindOf(folder)) === null) return null;
  const digest = platform.sha256();
  const encoder = new TextEncoder();
  for (const name of await filesBelow(platform, folder)) {
    if (name === FOLDER_RECORD) continue;
    const sha256 = known[name] ?? (await digestOf(platform, join(folder, name)));
    digest.update(encoder.encode(`${name}\n${sha256}\n`));
  }
  return digest.hex();
}

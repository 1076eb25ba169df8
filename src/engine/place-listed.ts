import { keepRow, promiseRow } from '../archive/journal.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { writeAtomic } from '../archive/write.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Site } from './site.ts';

/**
 * Puts a file where its row says. Journal, file, journal: so that the manifest is true whenever it is cut off.
 *
 * @returns SHA-256 of the file
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function placeListed(
  platform: Platform,
  row: ManifestRow,
  bytes: Uint8Array,
  site: Site,
): Promise<string> {
  const sha256 = await promiseRow(platform, site.exportFolder, row, bytes);
  await writeAtomic(platform, join(site.exportFolder, row.path), bytes, site.exportRoot);
  await keepRow(platform, site.exportFolder, row.path);
  return sha256;
}

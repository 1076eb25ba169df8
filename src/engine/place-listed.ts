import { keepRow, promiseRow } from '../archive/journal.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { writeAtomic } from '../archive/write.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { ExportLocation } from './export-location.ts';

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
  location: ExportLocation,
): Promise<string> {
  const sha256 = await promiseRow(platform, location.exportFolder, row, bytes);
  await writeAtomic(platform, join(location.exportFolder, row.path), bytes, location.exportRoot);
  await keepRow(platform, location.exportFolder, row.path);
  return sha256;
}

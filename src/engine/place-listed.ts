import { keepRow, promiseRow } from '../archive/journal.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { writeAtomic } from '../archive/write.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { ExportLocation } from './export-location.ts';

/**
 * Puts a file where its row says. Journal, file, journal: so that the manifest is true whenever it is cut off. The file is
 * written while the disk takes the journal's line, and gets its name once both are there.
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
  const { exportFolder, exportRoot } = location;
  const sha256 = await platform.sha256Of(bytes);
  const promise = () => promiseRow(platform, exportFolder, row, sha256);
  await writeAtomic(platform, join(exportFolder, row.path), bytes, exportRoot, promise);
  await keepRow(platform, exportFolder, row.path);
  return sha256;
}

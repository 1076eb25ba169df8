import { keepRow, promiseRow } from '../archive/journal.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { stampOf } from '../archive/stamp.ts';
import { writeAtomic } from '../archive/write.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { ExportLocation } from './export-location.ts';

/** A file in its place. */
export interface PlacedFile {
  readonly sha256: string;
  /** Empty where it could not be looked at. */
  readonly stamp: string;
}

/**
 * Puts a file where its row says. Journal, file, journal: so that the manifest is true whenever it is cut off. The file is
 * written while the disk takes the journal's line, and gets its name once both are there.
 *
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function placeListed(
  platform: Platform,
  row: ManifestRow,
  bytes: Uint8Array,
  location: ExportLocation,
): Promise<PlacedFile> {
  const { exportFolder, exportRoot } = location;
  const sha256 = await platform.sha256Of(bytes);
  const promise = () => promiseRow(platform, exportFolder, row, sha256);
  const file = join(exportFolder, row.path);
  await writeAtomic(platform, file, bytes, exportRoot, promise);
  const [stamp] = await Promise.all([stampOf(platform, file), keepRow(platform, exportFolder, row.path)]);
  return { sha256, stamp: stamp?.text ?? '' };
}

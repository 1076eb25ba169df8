import { diskError } from '../archive/disk-errors.ts';
import { lockExport } from '../archive/export-lock.ts';
import { assertInside } from '../archive/export-root.ts';
import { journalPath } from '../archive/journal.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { manifestPath } from '../archive/manifest.ts';
import { putBackAll } from '../archive/set-aside.ts';
import { removeTemporaries } from '../archive/temporary.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { assertNoFile } from './export-clash.ts';
import type { ExportLocation } from './export-location.ts';

/** Where kits lie in an export folder. */
export const KITS_FOLDER = '_kits';

/** Below the export folder: where folders that appear as a whole lie. */
const PARENTS = ['.', KITS_FOLDER];

/**
 * Has the export folder for oneself while something is done: it is made, once it is sure that writing there is
 * allowed, locked, rid of what killed runs left half written, and given back what they had set aside. Afterwards it is free again, and gone
 * again where it was made for this and nothing was written into it.
 *
 * @param work receives what killed runs had left
 * @throws ConfigError where a file is in its place; BusyError while another run works there; NotAllowedError, DiskFullError, FileSystemError
 */
export async function withExportFolder<T>(
  platform: Platform,
  location: ExportLocation,
  work: (leftovers: readonly string[]) => Promise<T>,
): Promise<T> {
  const { exportFolder } = location;
  const made = await prepare(platform, location);
  try {
    const unlock = await lockExport(platform, exportFolder);
    try {
      for (const parent of PARENTS) await putBackAll(platform, join(exportFolder, parent));
      return await work(await removeTemporaries(platform, exportFolder));
    } finally {
      await unlock();
    }
  } finally {
    if (made !== undefined) await removeEmpty(platform, exportFolder, made);
  }
}

/** @returns the topmost of the folders that were made; undefined where all were there */
async function prepare(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
): Promise<string | undefined> {
  await assertNoFile(platform, exportFolder);
  if (exportRoot !== null) {
    for (const path of [manifestPath(exportFolder), journalPath(exportFolder)]) {
      await assertInside(platform, path, exportRoot);
    }
  }
  try {
    const made = await makeFolder(platform, exportFolder);
    await platform.files.assertAccess(exportFolder, 'write');
    return made;
  } catch (cause) {
    throw diskError(cause, 'write to', exportFolder);
  }
}

/** Removes a folder, and those above it up to the topmost, until one is not empty. */
async function removeEmpty(platform: Platform, folder: string, topmost: string): Promise<void> {
  try {
    for (let path = folder; path.length >= topmost.length; path = dirname(path))
      await platform.files.removeFolder(path);
  } catch {
    // Something lies in it.
  }
}

import { cachePath, removeCache } from '../archive/cache-file.ts';
import { stepsPath } from '../archive/steps-file.ts';
import type { Platform } from '../platform/platform.ts';
import { withExportFolder } from './export-folder.ts';
import type { ExportLocation } from './export-location.ts';
import { impressionsPath } from './impression-entries.ts';

/**
 * Removes what an export folder remembers, and what killed runs left half written. Textures, the manifest and the
 * journal, in which rows may wait for it, stay.
 *
 * @returns what was removed, absolute
 * @throws BusyError while a run works there; ConfigError, NotAllowedError, FileSystemError
 */
export async function cleanExport(platform: Platform, location: ExportLocation): Promise<string[]> {
  const { exportFolder } = location;
  if (!(await platform.files.exists(exportFolder))) return [];
  return withExportFolder(platform, location, async (leftovers) => {
    const removed = [...leftovers];
    if (await removeCache(platform, exportFolder)) removed.push(cachePath(exportFolder));
    for (const path of [impressionsPath(exportFolder), stepsPath(exportFolder)]) {
      if (await platform.files.remove(path).catch(() => false)) removed.push(path);
    }
    return removed.sort();
  });
}

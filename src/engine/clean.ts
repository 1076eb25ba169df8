import { cachePath, removeCache } from '../archive/cache-file.ts';
import { exists } from './exists.ts';
import { withExportFolder } from './export-folder.ts';
import type { Site } from './site.ts';

/**
 * Removes what an export folder remembers, and what killed runs left half written. Textures, the manifest and the
 * journal, in which rows may wait for it, stay.
 *
 * @returns what was removed, absolute
 * @throws BusyError while a run works there; ConfigError, NotAllowedError, FileSystemError
 */
export async function cleanExport(site: Site): Promise<string[]> {
  const { exportFolder } = site;
  if (!(await exists(exportFolder))) return [];
  return withExportFolder(site, async (leftovers) => {
    const removed = [...leftovers];
    if (await removeCache(exportFolder)) removed.push(cachePath(exportFolder));
    return removed.sort();
  });
}

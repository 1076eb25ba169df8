/** Whether a folder is a project, or an archive that a batch sorts by what it hears. */
import { diskError } from '../archive/disk-errors.ts';
import type { Settings } from '../config/settings.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * @param folder absolute
 * @returns whether it has any of the folders that sources are sorted into
 * @throws NotAllowedError, FileSystemError where it cannot be looked into
 */
export async function isSorted(
  platform: Platform,
  folder: string,
  { source_audio_dir, pad_sources_dir, drums_dir }: Settings['paths'],
): Promise<boolean> {
  await platform.files.assertAccess(folder, 'read').catch((cause) => {
    throw diskError(cause, 'read', folder);
  });
  const folders = [source_audio_dir, pad_sources_dir, drums_dir].map((name) => join(folder, name));
  return (await Promise.all(folders.map((path) => platform.files.exists(path)))).includes(true);
}

/** Export folders that cannot be one, or that keep sources from being mined. */
import { diskError } from '../archive/disk-errors.ts';
import type { Settings } from '../config/settings.ts';
import { ConfigError } from '../errors.ts';
import { SOURCE_FOLDERS, type SourceFolder } from '../families/family.ts';
import { dirname, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Makes sure that nothing but folders stands where the export folder is, or is to be made.
 * @param exportFolder absolute
 * @throws ConfigError
 */
export async function assertNoFile({ files }: Platform, exportFolder: string): Promise<void> {
  for (let path = exportFolder; ; path = dirname(path)) {
    const found = await files.stat(path).catch(() => null);
    if (found && found.kind !== 'folder') {
      throw new ConfigError(
        `The export folder is “${exportFolder}”, and “${path}” is a file; name a folder.`,
        {
          context: { path },
        },
      );
    }
    if (found || path === dirname(path)) return;
  }
}

/**
 * Makes sure, before hours of work, that something can be written where the export folder is, or is to be made.
 * @param exportFolder absolute
 * @throws NotAllowedError, FileSystemError
 */
export async function assertWritable({ files }: Platform, exportFolder: string): Promise<void> {
  let path = exportFolder;
  while (path !== dirname(path) && !(await files.stat(path).catch(() => null))) path = dirname(path);
  await files.assertAccess(path, 'write').catch((cause) => {
    throw diskError(cause, 'write', path);
  });
}

/**
 * Why a source folder cannot be mined, since it is the export folder or lies in it; null where it does not.
 * @param folder absolute, as is `exportFolder`
 */
export function exportClash(key: SourceFolder, folder: string, exportFolder: string): string | null {
  if (!isInside(folder, exportFolder)) return null;
  const how = folder === exportFolder ? 'is also' : 'lies inside';
  return `paths.${key} ${how} paths.export_dir, and what is written is never mined; set paths.${key} to another folder.`;
}

/** Every such reason in a project's settings. @param projectFolder absolute */
export function exportClashes(paths: Settings['paths'], projectFolder: string): string[] {
  const exportFolder = resolve(projectFolder, paths.export_dir);
  return SOURCE_FOLDERS.flatMap(
    (key) => exportClash(key, resolve(projectFolder, paths[key]), exportFolder) ?? [],
  );
}

/** Whether a path is the folder or lies in it. Both are absolute. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The project that an export came from: where its sources lie, and by which config it was made. */

import { parseLines } from '../archive/json-lines.ts';
import { textIfThere } from '../archive/text-file.ts';
import { CONFIG_FILE_NAME, openProject, type Project } from '../engine/project.ts';
import { dirname, join, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { isSorted } from './is-sorted.ts';

/** The project that the user stands in or names. */
export interface OwnProject {
  /** Absolute. */
  readonly folder: string;
  /** `--config`. */
  readonly config?: string;
}

/** Where an export came from. */
export interface OriginProject extends Project {
  /** Its folder is the archive of a batch, which is sorted by what is heard. */
  readonly isUnsorted: boolean;
}

/**
 * The project of an export: the one that was named; the archive of the batch that made it; the nearest folder above it that
 * holds a config; the one that the user stands in.
 * @throws ConfigError where its config is wrong
 */
export async function projectOf(
  platform: Platform,
  exportFolder: string,
  own: OwnProject,
): Promise<OriginProject> {
  const input = await batchInput(platform, exportFolder);
  const [likeliest] = await projectFolders(platform, exportFolder, own, input);
  const place = own.config === undefined ? { folder: likeliest } : own;
  const project = await openProject(platform, { ...place, create: false });
  const isArchive = project.folder === input;
  const isUnsorted = isArchive && !(await isSorted(platform, project.folder, project.settings.paths));
  return { ...project, isUnsorted };
}

/**
 * Where a source lies, by its path as the manifest has it, and the folder that this path starts from; null where it is in
 * none of the projects that it may be of.
 */
export async function sourceFile(
  platform: Platform,
  sourcePath: string,
  exportFolder: string,
  own: OwnProject,
): Promise<{ file: string; folder: string } | null> {
  const input = await batchInput(platform, exportFolder);
  const folders = await projectFolders(platform, exportFolder, own, input);
  const places = folders.map((folder) => ({ folder, file: resolve(folder, sourcePath) }));
  for (const place of places) if (await platform.files.exists(place.file)) return place;
  return null;
}

/** The likeliest first. @param input as {@link batchInput} gives it */
async function projectFolders(
  platform: Platform,
  exportFolder: string,
  { folder, config }: OwnProject,
  input: string | null,
): Promise<string[]> {
  const withConfig: string[] = [];
  for (const above of foldersAbove(exportFolder)) {
    if (await platform.files.exists(join(above, CONFIG_FILE_NAME))) withConfig.push(above);
  }
  return [
    ...(config === undefined ? [] : [dirname(platform.files.absolute(config, folder))]),
    ...(input === null ? [] : [input]),
    ...withConfig,
    folder,
    // Where there is no config, the export still lies where its project's default has it.
    dirname(exportFolder),
  ];
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

/** The archive that a batch last worked on, by its log in the export; null where there is none. */
async function batchInput(platform: Platform, exportFolder: string): Promise<string | null> {
  const text = await textIfThere(platform, join(exportFolder, 'run.jsonl')).catch(() => null);
  const inputs = parseLines(text ?? '').flatMap((entry) => {
    const { kind, input } = (entry ?? {}) as { kind?: unknown; input?: unknown };
    return kind === 'batch' && typeof input === 'string' ? [input] : [];
  });
  const last = inputs.at(-1);
  return last === undefined ? null : resolve(exportFolder, last);
}

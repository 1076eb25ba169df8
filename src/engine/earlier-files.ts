/** Which files of earlier runs a run would replace. */
import { diskError } from '../archive/disk-errors.ts';
import { basename, dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { ExpectedFile } from './expected-files.ts';
import { assertNoFile } from './export-clash.ts';

/** A file expected, with those that stand in its place. */
export interface ReplacingFile extends ExpectedFile {
  /** Under the export folder; several where the analysis decides which of them (`*`), none where the place is free. */
  readonly replaces: readonly string[];
}

/**
 * Looks up what stands in the places of files expected.
 * @param exportFolder absolute; it need not exist
 * @throws ConfigError where the export folder is a file; NotAllowedError, FileSystemError where a folder cannot be read
 */
export async function withEarlierFiles(
  platform: Platform,
  files: readonly ExpectedFile[],
  exportFolder: string,
): Promise<ReplacingFile[]> {
  await assertNoFile(platform, exportFolder);
  const folders = new Map<string, readonly string[]>();
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    folders.set(folder, await namesIn(platform, join(exportFolder, folder)));
  }
  return files.map((file) => {
    const folder = dirname(file.path);
    const stands = matcher(basename(file.path));
    const replaces = folders.get(folder)!.filter(stands);
    return { ...file, replaces: replaces.map((name) => `${folder}/${name}`).sort() };
  });
}

async function namesIn(platform: Platform, folder: string): Promise<string[]> {
  try {
    return (await platform.files.list(folder)).map(({ name }) => name);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return [];
    throw diskError(cause, 'read', folder);
  }
}

/** Whether a name is the one expected, whose `*` stand for anything. */
function matcher(expected: string): (name: string) => boolean {
  const parts = expected.split('*');
  if (parts.length === 1) return (name) => name === expected;
  const pattern = new RegExp(`^${parts.map(literally).join('.*')}$`, 's');
  return (name) => pattern.test(name);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

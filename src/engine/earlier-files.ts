/** Which files of earlier runs a run would replace. */
import { diskError } from '../archive/disk-errors.ts';
import { basename, dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { ExpectedFile } from './expected-files.ts';

/** A file expected, with those that stand in its place. */
export interface ReplacingFile extends ExpectedFile {
  /** Under the export folder; several where the analysis decides which of them (`*`), none where the place is free. */
  readonly replaces: readonly string[];
}

/**
 * Looks up what stands in the places of files expected, which come by folder; no more than one folder's names are held.
 * @param exportFolder absolute; it need not exist
 * @throws NotAllowedError, FileSystemError where a folder cannot be read
 */
export async function* withEarlierFiles(
  platform: Platform,
  files: Iterable<ExpectedFile>,
  exportFolder: string,
): AsyncGenerator<ReplacingFile> {
  let folder: string | null = null;
  let names: readonly string[] = [];
  for (const file of files) {
    if (dirname(file.path) !== folder) {
      folder = dirname(file.path);
      names = await namesIn(platform, join(exportFolder, folder));
    }
    const replaces = names.filter(matcher(basename(file.path)));
    yield { ...file, replaces: replaces.map((name) => `${folder}/${name}`).sort() };
  }
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

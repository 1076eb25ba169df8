/** What is put out of the way, and what a killed run left out of its place. */
import { basename, dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/**
 * Keeps a file that is not what it should be under another name: `manifest.csv.bak` (`.bak2`, … where that is taken).
 * @returns the path it has now
 * @throws NotAllowedError, FileSystemError
 */
export async function setAside({ files }: Platform, path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = `${path}.bak${n === 1 ? '' : n}`;
    if (await files.exists(aside)) continue;
    await files.rename(path, aside).catch((error) => {
      throw diskError(error, 'rename', path);
    });
    return aside;
  }
}

/** Where a folder lies while it is made, or, on its way out, while the new one takes its place. */
export function asideOf(folder: string, state: 'making' | 'old'): string {
  return join(dirname(folder), `.${basename(folder)}.${state}`);
}

/**
 * Puts a folder back that a killed run had set aside and not replaced yet; one that was replaced is removed.
 * @throws NotAllowedError, FileSystemError
 */
export async function putBack({ files }: Platform, folder: string): Promise<void> {
  const old = asideOf(folder, 'old');
  if (!(await files.exists(old))) return;
  const step = (await files.exists(folder)) ? files.removeTree(old) : files.rename(old, folder);
  await step.catch((error) => {
    throw diskError(error, 'rename', old);
  });
}

const SET_ASIDE = /^\.(.+)\.old$/;

/** Puts back every folder inside this one that a killed run had set aside and not replaced yet. @throws as putBack */
export async function putBackAll(platform: Platform, parent: string): Promise<void> {
  for (const { name } of await platform.files.list(parent).catch(() => [])) {
    const [, folder] = SET_ASIDE.exec(name) ?? [];
    if (folder === undefined || (await platform.files.exists(join(parent, folder)))) continue;
    await putBack(platform, join(parent, folder));
  }
}

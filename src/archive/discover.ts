import { statSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { fdir } from 'fdir';
import { diskError } from './disk-errors.ts';
import { isSoundName, type UnreadFile, unreadFile } from './file-kinds.ts';
import { type OwnFolderKind, ownFolder, ownFolderAround } from './own-folder.ts';

/** A file that by its name is a sound. */
interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** What a folder of sources holds. */
export interface Discovery {
  /** The folder that was searched, absolute. */
  readonly folder: string;
  /** False when there is no such folder; everything else is empty then. */
  readonly exists: boolean;
  /** Sorted by path, code unit by code unit, so that the order is the same on every machine. */
  readonly files: readonly FoundFile[];
  /** Visible files whose names are no music's. */
  readonly others: number;
  /** Music that cannot be read, sounds without a byte in them, and what this engine made; sorted like the files. */
  readonly unread: readonly UnreadFile[];
  /** What looked like a sound and is none, with a plain sentence each; sorted like the files. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** What stands in a name for bytes that are no UTF-8: such a name cannot be opened as it is read. */
const UNREADABLE = '\uFFFD';

/**
 * Finds the sources in a folder and all folders below it. Hidden files and folders are passed over, and the
 * export folder, should it lie inside; so is what this engine made for other exports. Links to files are followed, links to folders are not, so no link
 * can lead in a circle.
 *
 * @param options.exclude the export folder, absolute
 * @param options.own what this engine made is asked for, and not passed over
 * A folder that may not be read is a problem, also the searched one.
 * @throws NotAllowedError, FileSystemError when it cannot be told whether the folder is there
 */
export async function discover(
  folder: string,
  options: { readonly exclude: string; readonly own?: boolean },
): Promise<Discovery> {
  const root = resolve(folder);
  const nothing = { folder: root, files: [], others: 0, unread: [], problems: [] };
  if (!(await isFolder(root))) return { ...nothing, exists: false };
  const refusal = await folderProblem(root);
  if (refusal) {
    return { ...nothing, exists: true, problems: [{ path: root, message: refusal }] };
  }
  const around = options.own ? null : ownFolderAround(root);
  if (around) return { ...nothing, exists: true, unread: [madeHere(root, around.what)] };
  const unread: UnreadFile[] = [];
  const isOwn = (path: string) => {
    const what = options.own ? null : ownFolder(path);
    if (what !== null) unread.push(madeHere(path, what));
    return what !== null;
  };
  const found = await crawl(root, resolve(options.exclude), isOwn);
  const files: FoundFile[] = [];
  const problems: { path: string; message: string }[] = [];
  let others = 0;
  for (const path of found.sort(byCodeUnit)) {
    const isFolderEntry = path.endsWith(sep);
    if (isFolderEntry) {
      const folder = path.slice(0, -1);
      const message = isSoundName(folder) ? folderMessage(folder) : await folderProblem(folder);
      if (message) problems.push({ path: folder, message });
    } else if (!isSoundName(path)) {
      const music = unreadFile(path);
      if (music) unread.push(music);
      else others++;
    } else {
      const looked = look(path);
      if (looked === 0) unread.push({ path, reason: { code: 'empty' } });
      else if (typeof looked === 'number') files.push({ path, bytes: looked });
      else problems.push({ path, message: looked });
    }
  }
  return { folder: root, exists: true, files, others, unread: missing(unread, files), problems };
}

function madeHere(path: string, what: OwnFolderKind): UnreadFile {
  return { path, reason: { code: 'made-here', what } };
}

/** Sorted, without placeholders of what is there. */
function missing(unread: readonly UnreadFile[], files: readonly FoundFile[]): UnreadFile[] {
  const there = new Set(files.map(({ path }) => path));
  return unread.filter(({ path }) => !there.has(path)).sort((a, b) => byCodeUnit(a.path, b.path));
}

/** Why a folder cannot be searched, or null. */
async function folderProblem(path: string): Promise<string | null> {
  try {
    await access(path, constants.R_OK | constants.X_OK);
    return null;
  } catch (cause) {
    return diskError(cause, 'read', path).message;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw diskError(cause, 'read', path);
  }
}

/** Every visible path under the root, and hidden placeholders; folders with a separator at the end. */
async function crawl(root: string, exclude: string, isOwn: (path: string) => boolean): Promise<string[]> {
  const isHidden = (name: string) => name.startsWith('.');
  const paths = await new fdir()
    .withFullPaths()
    .withDirs()
    .exclude((name, path) => isHidden(name) || resolve(path) === exclude || isOwn(resolve(path)))
    .filter((path) => !isHidden(basename(path)) || isPlaceholder(path))
    .crawl(root)
    .withPromise();
  return paths.filter((path) => relative(root, path) !== '');
}

/** Whether a path leads to a stand-in for another file. */
function isPlaceholder(path: string): boolean {
  const music = path.endsWith(sep) ? null : unreadFile(path);
  return music !== null && music.path !== path;
}

/** The file's size in bytes, or what is wrong with it. At once, not awaited, which takes a tenth of the time. */
function look(path: string): number | string {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return stats.size;
    return stats.isDirectory() ? folderMessage(path) : `“${basename(path)}” is no regular file; remove it.`;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' && path.includes(UNREADABLE)) {
      return `“${basename(path)}” has a name that is not in UTF-8; rename it.`;
    }
    if (code === 'ENOENT') return `“${basename(path)}” is a link to a file that is gone; remove or mend it.`;
    return diskError(cause, 'read', path).message;
  }
}

function folderMessage(path: string): string {
  return `“${basename(path)}” is a folder with the name of a sound; rename it.`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

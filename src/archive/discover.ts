import { basename, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
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
 * Finds the sources in a folder and all folders below it. Hidden files and folders are skipped, and the
 * export folder, should it lie inside; so is what this engine made for other exports. Links to files are followed, links to folders are not, so no link
 * can lead in a circle.
 *
 * @param root the folder, absolute
 * @param options.exclude the export folder, absolute
 * @param options.own what this engine made is asked for, and not skipped
 * A folder that may not be read is a problem, also the searched one.
 * @throws NotAllowedError, FileSystemError when it cannot be known whether the folder is there
 */
export async function discover(
  platform: Platform,
  root: string,
  options: { readonly exclude: string; readonly own?: boolean },
): Promise<Discovery> {
  const nothing = { folder: root, files: [], others: 0, unread: [], problems: [] };
  if (!(await isFolder(platform, root))) return { ...nothing, exists: false };
  const problem = await folderProblem(platform, root);
  if (problem) {
    return { ...nothing, exists: true, problems: [{ path: root, message: problem }] };
  }
  const around = options.own ? null : await ownFolderAround(platform, root);
  if (around) return { ...nothing, exists: true, unread: [madeHere(root, around.what)] };
  const unread: UnreadFile[] = [];
  const isOwn = async (path: string) => {
    const what = options.own ? null : await ownFolder(platform, path);
    if (what !== null) unread.push(madeHere(path, what));
    return what !== null;
  };
  const found: string[] = [];
  await crawl(platform, root, async (path) => path === options.exclude || (await isOwn(path)), found);
  const files: FoundFile[] = [];
  const problems: { path: string; message: string }[] = [];
  let others = 0;
  for (const path of found.sort(byCodeUnit)) {
    const isFolderEntry = path.endsWith('/');
    if (isFolderEntry) {
      const folder = path.slice(0, -1);
      const message = isSoundName(folder) ? folderMessage(folder) : await folderProblem(platform, folder);
      if (message) problems.push({ path: folder, message });
    } else if (!isSoundName(path)) {
      const music = unreadFile(path);
      if (music) unread.push(music);
      else others++;
    } else {
      const looked = await look(platform, path);
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
async function folderProblem({ files }: Platform, path: string): Promise<string | null> {
  try {
    await files.assertAccess(path, 'read');
    return null;
  } catch (cause) {
    return diskError(cause, 'read', path).message;
  }
}

async function isFolder({ files }: Platform, path: string): Promise<boolean> {
  try {
    return (await files.stat(path))?.kind === 'folder';
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
}

/** Every visible path under the root, and hidden placeholders; folders with a slash at the end. */
async function crawl(
  platform: Platform,
  root: string,
  isExcluded: (folder: string) => Promise<boolean>,
  found: string[],
): Promise<void> {
  // What may not be read is looked at again by itself.
  for (const { name, kind } of await platform.files.list(root).catch(() => [])) {
    const path = join(root, name);
    const isHidden = name.startsWith('.');
    if (kind === 'folder') {
      if (isHidden || (await isExcluded(path))) continue;
      found.push(`${path}/`);
      await crawl(platform, path, isExcluded, found);
    } else if (kind !== 'other' && (!isHidden || isPlaceholder(path))) found.push(path);
  }
}

/** Whether a path leads to a stand-in for another file. */
function isPlaceholder(path: string): boolean {
  const music = path.endsWith('/') ? null : unreadFile(path);
  return music !== null && music.path !== path;
}

/** The file's size in bytes, or what is wrong with it. */
async function look({ files }: Platform, path: string): Promise<number | string> {
  try {
    const stat = await files.stat(path);
    if (stat?.kind === 'file') return stat.size;
    if (stat?.kind === 'folder') return folderMessage(path);
    if (stat) return `“${basename(path)}” is no regular file; remove it.`;
    if (path.includes(UNREADABLE)) return `“${basename(path)}” has a name that is not in UTF-8; rename it.`;
    return `“${basename(path)}” is a link to a file that is gone; remove or mend it.`;
  } catch (cause) {
    return diskError(cause, 'read', path).message;
  }
}

function folderMessage(path: string): string {
  return `“${basename(path)}” is a folder with the name of a sound; rename it.`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { statSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, extname, relative, resolve, sep } from 'node:path';
import { fdir } from 'fdir';
import { diskError } from './disk-errors.ts';

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
  /** Visible files whose names are no sound's. */
  readonly others: number;
  /** What looked like a sound and is none, with a plain sentence each; sorted like the files. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** What stands in a name for bytes that are no UTF-8: such a name cannot be opened as it is read. */
const UNREADABLE = '\uFFFD';

/** What the engine reads by itself, then what ffmpeg is asked for. */
const AUDIO_EXTENSIONS = new Set(
  (
    '.wav .wave .bwf .rf64 .aif .aiff .aifc .flac .mp3 .ogg .oga .opus ' +
    '.m4a .mp4 .m4b .aac .alac .caf .wma .ape .wv .mka .webm .w64 .au .snd .ac3 .amr .tta .mp2'
  ).split(' '),
);

/**
 * Finds the sources in a folder and all folders below it. Hidden files and folders are passed over, and the
 * export folder, should it lie inside. Links to files are followed, links to folders are not, so no link
 * can lead in a circle.
 *
 * @param options.exclude the export folder, absolute
 * A folder that may not be read is a problem, also the searched one.
 * @throws NotAllowedError, FileSystemError when it cannot be told whether the folder is there
 */
export async function discover(folder: string, options: { exclude: string }): Promise<Discovery> {
  const root = resolve(folder);
  if (!(await isFolder(root))) return { folder: root, exists: false, files: [], others: 0, problems: [] };
  const refusal = await folderProblem(root);
  if (refusal) {
    const problems = [{ path: root, message: refusal }];
    return { folder: root, exists: true, files: [], others: 0, problems };
  }
  const found = await crawl(root, resolve(options.exclude));
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
      others++;
    } else {
      const looked = look(path);
      if (typeof looked === 'number') files.push({ path, bytes: looked });
      else problems.push({ path, message: looked });
    }
  }
  return { folder: root, exists: true, files, others, problems };
}

function isSoundName(path: string): boolean {
  return AUDIO_EXTENSIONS.has(extname(path).toLowerCase());
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

/** Every visible path under the root, folders with a separator at the end. */
async function crawl(root: string, exclude: string): Promise<string[]> {
  const isHidden = (name: string) => name.startsWith('.');
  const paths = await new fdir()
    .withFullPaths()
    .withDirs()
    .exclude((name, path) => isHidden(name) || resolve(path) === exclude)
    .filter((path) => !isHidden(basename(path)))
    .crawl(root)
    .withPromise();
  return paths.filter((path) => relative(root, path) !== '');
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

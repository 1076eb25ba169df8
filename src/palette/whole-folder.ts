/** A folder that is there as a whole or not at all. */

import { diskError } from '../archive/disk-errors.ts';
import { assertInside } from '../archive/export-root.ts';
import {
  FOLDER_RECORD,
  type FolderKind,
  readFolderRecord,
  writeFolderRecord,
} from '../archive/folder-record.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { sameBytes } from '../archive/same-bytes.ts';
import { asideOf, putBack } from '../archive/set-aside.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { ConfigError } from '../errors.ts';
import { dirname, join, leadsOut, relative } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { isClutter } from './clutter.ts';
import { filesBelow } from './files-below.ts';

export interface WholeFolder {
  /** Absolute. */
  readonly folder: string;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  /** Replaces what stands there, as far as it is of our making; the rest stays. */
  readonly force: boolean;
  /** What is built, for its record: see `archive/folder-record.ts`. */
  readonly kind: FolderKind;
  /** Of instruments, of which only those of the same name are replaced. */
  readonly name?: string;
  /**
   * Which of the files below a folder that has no record, by path with slashes, are of our making, and so may be made
   * again: see `archive/unrecorded-folders.ts`.
   */
  readonly unrecorded: (folder: string) => Promise<ReadonlySet<string>>;
  /** Called with the folder once it is whole, before it takes its place: for what is to be known wherever that is cut off. */
  readonly beforeSwap?: (staging: string) => Promise<void>;
}

/**
 * Builds a folder beside its place, with a record of what is built, then puts it there; where building fails, nothing has changed. What others put into the
 * one before it is copied into the new one. Nobody else may be building the same folder.
 *
 * @param build is given the folder to write into
 * @throws ConfigError where something stands there already, and force was not given, none of it is of our making, or
 *   something is in the way of what was built
 * @throws NotAllowedError, DiskFullError, FileSystemError; what `build` throws
 */
export async function writeWholeFolder<T>(
  platform: Platform,
  wanted: WholeFolder,
  build: (folder: string) => Promise<T>,
): Promise<T> {
  const { root } = wanted;
  // The root itself may be the folder: then what is written lies inside it.
  if (root !== null)
    await assertInside(platform, wanted.folder === root ? join(root, 'any') : wanted.folder, root);
  // Where the folder is a link, the one that it leads to is replaced.
  const folder = await platform.files.realPath(wanted.folder).catch(() => wanted.folder);
  const staging = asideOf(folder, 'making');
  const old = asideOf(folder, 'old');
  try {
    await makeFolder(platform, dirname(folder));
    await putBack(platform, folder);
    const others = await othersIn(platform, { ...wanted, folder });
    await platform.files.removeTree(staging);
    await platform.files.makeFolder(staging);
    const result = await build(staging);
    await writeFolderRecord(platform, staging, await filesBelow(platform, staging), {
      ...wanted,
      engineVersion: ENGINE_VERSION,
    });
    for (const file of others) await takeOver(platform, file, folder, staging);
    await wanted.beforeSwap?.(staging);
    if ((await entriesOf(platform, folder)) !== null) await platform.files.rename(folder, old);
    await platform.files.rename(staging, folder);
    await platform.files.removeTree(old);
    return result;
  } catch (cause) {
    await platform.files.removeTree(staging).catch(() => undefined);
    // What is none of the disk's, an interruption say, passes unchanged.
    throw typeof (cause as { code?: unknown }).code === 'string' ? diskError(cause, 'write', folder) : cause;
  }
}

/**
 * Does work on a folder; where that lies in an export folder, no run works there meanwhile.
 * @throws BusyError while one does; what {@link withExportFolder} and the work throw
 */
export async function besideRuns<T>(
  platform: Platform,
  folder: string,
  location: ExportLocation,
  work: () => Promise<T>,
): Promise<T> {
  const path = relative(location.exportFolder, folder);
  return path === '' || !leadsOut(path) ? withExportFolder(platform, location, work) : work();
}

/** The files in a folder that are to be replaced which others put there. @throws ConfigError where it is not to be */
async function othersIn(platform: Platform, wanted: WholeFolder): Promise<string[]> {
  const { folder, force } = wanted;
  const entries = ((await entriesOf(platform, folder)) ?? []).filter(
    (name) => !isClutter(name) && name !== FOLDER_RECORD,
  );
  if (entries.length === 0) return [];
  const files = (await filesBelow(platform, folder)).filter((file) => file !== FOLDER_RECORD);
  const mine = await ownFiles(platform, wanted);
  // Some file systems take accents apart.
  const others = files.filter((file) => !mine.has(file) && !mine.has(file.normalize()));
  if (others.length === files.length) {
    const [first] = [...others, ...entries];
    const more = Math.max(others.length, entries.length) - 1;
    throw new ConfigError(
      `“${folder}” holds other things (${first}${more === 0 ? '' : ` and ${more} more`}), which stay; move them away, or choose another folder.`,
      { context: { path: folder, others } },
    );
  }
  if (force) return others;
  throw new ConfigError(`“${folder}” is there already; replace it with --force, or choose another folder.`, {
    context: { path: folder },
  });
}

/** The files in a folder that are of our making, and may be made again; none where it is something else of ours. */
async function ownFiles(
  platform: Platform,
  { folder, kind, name, unrecorded }: WholeFolder,
): Promise<ReadonlySet<string>> {
  const record = await readFolderRecord(platform, folder);
  if (record === null) return unrecorded(folder);
  return new Set(record.kind === kind && record.name === name ? Object.keys(record.files) : []);
}

/** Copies what others put into a folder into the one that takes its place: a copy, since the run may be killed yet. */
async function takeOver(platform: Platform, file: string, folder: string, staging: string): Promise<void> {
  const [from, to] = [join(folder, file), join(staging, file)];
  const kind = await platform.files.kindOf(from);
  if (kind !== 'file' && kind !== 'link') {
    throw new ConfigError(`“${from}” is a pipe or device, which nothing can be put beside; move it away.`, {
      context: { path: from },
    });
  }
  const standing = await platform.files.read(to).catch(() => null);
  if (standing === null) {
    await makeFolder(platform, dirname(to));
    await platform.files.copyAsIs(from, to);
    return;
  }
  if (sameBytes(standing, await platform.files.read(from))) return;
  throw new ConfigError(
    `“${from}” was put there by somebody, and is in the way of one to be made; move it away.`,
    {
      context: { path: from },
    },
  );
}

/** The names in a folder; null where there is none. */
async function entriesOf(platform: Platform, folder: string): Promise<string[] | null> {
  try {
    return (await platform.files.list(folder)).map(({ name }) => name);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return null;
    throw diskError(cause, 'read', folder);
  }
}

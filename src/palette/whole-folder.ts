/** A folder that is there as a whole or not at all. */

import { contentHash } from '../archive/content-hash.ts';
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
import { asideOf, beginFolder, discard, endFolder, isNote, putBack, takeAway } from '../archive/set-aside.ts';
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
  /** Replaces it without force too, as long as it is what we made: nothing in it was added, changed or removed since. */
  readonly renews?: boolean;
  /** Called with the folder once it is whole, before it takes its place: for what is to be known wherever that is cut off. */
  readonly beforeSwap?: (staging: string) => Promise<void>;
}

/**
 * Builds a folder beside its place, with a record of what is built, then puts it there; where building fails, nothing has
 * changed. What others put into the one before it, or changed there, is copied into the new one. Nobody else may be
 * building the same folder.
 *
 * @param build is given the folder to write into, and a map for the SHA-256 of files that are known, by path in it. The record
 *   names what is told there, and such a file is not read: where it was copied wrongly, the next time takes it for one that
 *   somebody changed, and keeps it
 * @throws ConfigError where something stands there already, and force was not given, none of it is of our making, or
 *   something is in the way of what was built
 * @throws NotAllowedError, DiskFullError, FileSystemError; what `build` throws
 */
export async function writeWholeFolder<T>(
  platform: Platform,
  wanted: WholeFolder,
  build: (folder: string, digests: Map<string, string>) => Promise<T>,
): Promise<T> {
  const { root } = wanted;
  // The root itself may be the folder: then what is written lies inside it.
  if (root !== null)
    await assertInside(platform, wanted.folder === root ? join(root, 'any') : wanted.folder, root);
  // Where the folder is a link, the one that it leads to is replaced.
  const folder = await platform.files.realPath(wanted.folder).catch(() => wanted.folder);
  const staging = asideOf(folder, 'making');
  const old = asideOf(folder, 'old');
  let isAside = false;
  let hasBegun = false;
  try {
    await makeFolder(platform, dirname(folder));
    await putBack(platform, folder);
    await lookAt(platform, { ...wanted, folder });
    await beginFolder(platform, staging);
    hasBegun = true;
    const digests = new Map<string, string>();
    const result = await build(staging, digests);
    const made = (await filesBelow(platform, staging)).filter((file) => !isNote(file));
    await writeFolderRecord(platform, staging, made, { ...wanted, digests, engineVersion: ENGINE_VERSION });
    // Building takes minutes, in which others may have put something there.
    const { others, own } = await lookAt(platform, { ...wanted, folder });
    for (const file of others) await takeOver(platform, file, folder, staging);
    for (const file of await changedOf(platform, own, folder))
      await keepChanged(platform, file, folder, staging);
    await endFolder(platform, staging);
    await wanted.beforeSwap?.(staging);
    if ((await entriesOf(platform, folder)) !== null) {
      await platform.files.rename(folder, old);
      isAside = true;
      const known = new Set([...others, ...own, FOLDER_RECORD]);
      const late = (await filesBelow(platform, old)).filter((file) => !known.has(file));
      for (const file of late) await takeOver(platform, file, old, staging);
    }
    await platform.files.rename(staging, folder);
    if (isAside) await takeAway(platform, old);
    return result;
  } catch (cause) {
    if (isAside && !(await platform.files.exists(folder)))
      await platform.files.rename(old, folder).catch(() => undefined);
    if (hasBegun) await discard(platform, staging).catch(() => undefined);
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

/** The files in a folder that is to be replaced: ours, and those that others put there. */
interface Standing {
  readonly own: readonly string[];
  readonly others: readonly string[];
}

/** @throws ConfigError where the folder is not to be replaced */
async function lookAt(platform: Platform, wanted: WholeFolder): Promise<Standing> {
  const { folder, force } = wanted;
  const entries = ((await entriesOf(platform, folder)) ?? []).filter(
    (name) => !isClutter(name) && name !== FOLDER_RECORD,
  );
  if (entries.length === 0) return { own: [], others: [] };
  const files = (await filesBelow(platform, folder)).filter((file) => file !== FOLDER_RECORD);
  const mine = await ownFiles(platform, wanted);
  // Some file systems take accents apart.
  const isMine = (file: string) => mine.has(file) || mine.has(file.normalize());
  const own = files.filter(isMine);
  const others = files.filter((file) => !isMine(file));
  if (own.length === 0) {
    const [first] = [...others, ...entries];
    const more = Math.max(others.length, entries.length) - 1;
    throw new ConfigError(
      `“${folder}” holds other things (${first}${more === 0 ? '' : ` and ${more} more`}), which stay; move them away, or choose another folder.`,
      { context: { path: folder, others } },
    );
  }
  if (force) return { own, others };
  if (wanted.renews && others.length === 0 && (await isAsMade(platform, own, folder))) return { own, others };
  const what = wanted.renews ? 'is there already, and somebody changed what is in it' : 'is there already';
  throw new ConfigError(`“${folder}” ${what}; replace it with --force, or choose another folder.`, {
    context: { path: folder },
  });
}

/** Whether a folder's record names every file of ours, each as it was written. */
async function isAsMade(platform: Platform, own: readonly string[], folder: string): Promise<boolean> {
  const record = await readFolderRecord(platform, folder);
  if (record === null || Object.keys(record.files).length !== own.length) return false;
  return (await changedOf(platform, own, folder)).length === 0;
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

/** Those of our files whose bytes are no longer as the folder's record has them. */
async function changedOf(platform: Platform, own: readonly string[], folder: string): Promise<string[]> {
  const record = await readFolderRecord(platform, folder);
  if (record === null) return [];
  const changed: string[] = [];
  for (const file of own) {
    const path = join(folder, file);
    if ((await platform.files.kindOf(path)) !== 'file') continue;
    const digest = record.files[file] ?? record.files[file.normalize()];
    if ((await contentHash(platform, path)) !== digest) changed.push(file);
  }
  return changed;
}

/**
 * What somebody changed of ours is theirs: it stays under its name, or, where that is made anew, as `NAME.changed`
 * (`.changed2`, … where that is taken).
 */
async function keepChanged(platform: Platform, file: string, folder: string, making: string): Promise<void> {
  const bytes = await platform.files.read(join(folder, file));
  for (let n = 0; ; n++) {
    const kept = join(making, n === 0 ? file : `${file}.changed${n === 1 ? '' : n}`);
    const standing = await platform.files.read(kept).catch(() => null);
    if (standing !== null && sameBytes(standing, bytes)) return;
    if (standing !== null || (await platform.files.kindOf(kept)) !== null) continue;
    await makeFolder(platform, dirname(kept));
    await platform.files.copyAsIs(join(folder, file), kept);
    return;
  }
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

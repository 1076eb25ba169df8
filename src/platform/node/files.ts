/**
 * The disk. Looking, listing, opening, renaming and reading pieces are done at once, in the main thread too: by way of Node's
 * thread pool each would take ten times as long, and planning looks at ten thousand files. How sound is read and written,
 * `descriptor.ts` says.
 */
import * as fs from 'node:fs';
import { access, copyFile, readFile, rm, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Entry, EntryKind, FileBytes, FileStat, Files } from '../platform.ts';
import { appendLines } from './append-lines.ts';
import { openFileOf, writeFully } from './descriptor.ts';
import { flushed, flushFile, flushNames } from './flush.ts';
import { openScratch } from './scratch.ts';
import { withSlashes } from './slashes.ts';

export const nodeFiles: Files = {
  slashed: withSlashes,
  absolute: (path, from = '') => withSlashes(resolve(from, path)),

  async stat(path) {
    const stats = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats ? fileStat(stats) : nothingAt(path);
  },
  async kindOf(path) {
    try {
      return kindOf(fs.lstatSync(path));
    } catch {
      return null;
    }
  },
  exists: async (path) => fs.existsSync(path),
  list: async (folder) => fs.readdirSync(folder, { withFileTypes: true }).map(entryOf),
  realPath: async (path) => withSlashes(fs.realpathSync.native(path)),
  assertAccess: (folder, to) =>
    access(folder, to === 'read' ? fs.constants.R_OK | fs.constants.X_OK : fs.constants.W_OK),
  freeBytes: (path) =>
    statfs(path).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),

  read: (path) => readFile(path),
  readPieces: async (path, starts, length, room = new Uint8Array(starts.length * length)) =>
    readPieces(path, starts, length, room.fill(0)),
  async open(path) {
    return openFileOf(fs.openSync(path, 'r'));
  },
  scratch: openScratch,

  async write(path, bytes) {
    await writeBytes(path, bytes);
    await flushNames(dirname(path));
  },
  writeTemporary: writeBytes,
  async appendLines(path, text, flush) {
    const isNew = await appendLines(path, text, flush);
    if (isNew && flush) await flushNames(dirname(path));
  },
  async copy(from, to) {
    await copyFile(from, to, fs.constants.COPYFILE_FICLONE | fs.constants.COPYFILE_EXCL);
    await flushFile(to);
    await flushNames(dirname(to));
  },
  async copyAsIs(from, to) {
    const stats = fs.lstatSync(from);
    if (stats.isSymbolicLink()) {
      fs.symlinkSync(fs.readlinkSync(from), to);
    } else {
      await copyFile(from, to, fs.constants.COPYFILE_FICLONE | fs.constants.COPYFILE_EXCL);
      fs.utimesSync(to, stats.atime, stats.mtime);
      await flushFile(to);
    }
    await flushNames(dirname(to));
  },
  async makeFolder(path) {
    fs.mkdirSync(path);
    await flushNames(dirname(path));
  },
  async rename(from, to) {
    fs.renameSync(from, to);
    for (const folder of new Set([dirname(to), dirname(from)])) await flushNames(folder);
  },
  async remove(path) {
    try {
      fs.rmSync(path);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return false;
      // Node's own name for it.
      throw code === 'ERR_FS_EISDIR' ? Object.assign(error as Error, { code: 'EISDIR' }) : error;
    }
  },
  removeFolder: async (path) => fs.rmdirSync(path),
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  removeAtExit(path) {
    const remove = () => {
      try {
        fs.rmSync(path, { force: true });
      } catch {
        // Whoever comes next finds that its process is gone.
      }
    };
    process.once('exit', remove);
    return () => {
      process.off('exit', remove);
    };
  },
};

/** What keeps a path from being looked at, where it is not only that nothing is there. */
function nothingAt(path: string): null {
  try {
    fs.statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return null;
}

function fileStat(stats: fs.BigIntStats): FileStat {
  const { size, mtimeNs, ctimeNs } = stats;
  // The entry's own time (ctime) counts too: programs that set the content's time back, as tag editors do, cannot set that.
  const changedMs = Math.max(Number(mtimeNs / 1_000_000n), Number(ctimeNs / 1_000_000n));
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    size: Number(size),
    modifiedMs: Number(mtimeNs) / 1e6,
    stamp: { text: `${size} ${mtimeNs} ${ctimeNs}`, changedMs },
  };
}

function kindOf(entry: fs.Dirent | fs.Stats): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function entryOf(entry: fs.Dirent): Entry {
  return { name: entry.name, kind: kindOf(entry) };
}

function readPieces(path: string, starts: readonly number[], length: number, bytes: Uint8Array): Uint8Array {
  const file = fs.openSync(path, 'r');
  try {
    starts.forEach((start, i) => {
      // One call may read less than there is.
      for (let done = 0, count = 1; done < length && count > 0; done += count)
        count = fs.readSync(file, bytes, i * length + done, length - done, start + done);
    });
  } finally {
    fs.closeSync(file);
  }
  return bytes;
}

async function writeBytes(path: string, bytes: FileBytes): Promise<void> {
  const file = fs.openSync(path, 'wx');
  try {
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes)
      await writeFully(file, piece, null);
    await flushed(file);
  } finally {
    fs.closeSync(file);
  }
}

/** A disk in memory on which files of the browser's lie too: those that somebody dropped or chose, read by ranges in place. */
import { basename, dirname } from '../../paths.ts';
import { coded } from '../memory/disk.ts';
import type { FileStat, Files, OpenFile } from '../platform.ts';

/**
 * @param memory the folders of all mounted files must be there
 * @param mounted the browser's files by their paths; more may come at any time, and none is ever written to
 */
export function mountedFiles(memory: Files, mounted: ReadonlyMap<string, File>): Files {
  const refusing =
    <Arguments extends readonly unknown[], Result>(change: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      for (const path of given) {
        if (typeof path === 'string' && mounted.has(path)) throw coded('EROFS', path);
      }
      return change(...given);
    };
  return {
    ...memory,
    async stat(path) {
      const file = mounted.get(path);
      return file ? statOf(file) : memory.stat(path);
    },
    kindOf: async (path) => (mounted.has(path) ? 'file' : memory.kindOf(path)),
    exists: async (path) => mounted.has(path) || memory.exists(path),
    realPath: async (path) => (mounted.has(path) ? path : memory.realPath(path)),
    async list(folder) {
      const here = [...mounted.keys()].filter((path) => dirname(path) === folder);
      const entries = here.map((path) => ({ name: basename(path), kind: 'file' as const }));
      return [...(await memory.list(folder)), ...entries];
    },
    async read(path) {
      const file = mounted.get(path);
      return file ? new Uint8Array(await file.arrayBuffer()) : memory.read(path);
    },
    async readPieces(path, starts, length) {
      const file = mounted.get(path);
      if (!file) return memory.readPieces(path, starts, length);
      const pieces = new Uint8Array(starts.length * length);
      for (const [i, start] of starts.entries()) {
        pieces.set(await bytesOf(file, start, length), i * length);
      }
      return pieces;
    },
    async open(path) {
      const file = mounted.get(path);
      return file ? openBlob(file) : memory.open(path);
    },
    write: refusing(memory.write),
    writeTemporary: refusing(memory.writeTemporary),
    appendLines: refusing(memory.appendLines),
    rename: refusing(memory.rename),
    remove: refusing(memory.remove),
    removeTree: refusing(memory.removeTree),
    copy: async (from, to) => {
      const file = mounted.get(from);
      return file ? memory.write(to, await memoryOf(file)) : memory.copy(from, to);
    },
    copyAsIs: async (from, to) => {
      const file = mounted.get(from);
      return file ? memory.write(to, await memoryOf(file)) : memory.copyAsIs(from, to);
    },
  };
}

/** Bytes that are read of a browser's file at once, and how many such pieces of an open file are kept. */
const PIECE_BYTES = 2 ** 20;
const PIECES_KEPT = 8;

/**
 * Reads what a browser holds by ranges. Each question to the browser costs a millisecond and memory that is given back late, so
 * it is asked for pieces, and those read last are kept. They are left to the collector: bytes that are emptied by `transfer` no
 * longer count for it, though Chromium holds their memory on; 470 MB read in pieces took 490 MB more that way, and 100 without.
 */
export function openBlob(blob: Blob): OpenFile {
  /** By their number, the one read last at the end. */
  const kept = new Map<number, Uint8Array<ArrayBuffer>>();
  const piece = async (index: number): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = kept.get(index) ?? (await bytesOf(blob, index * PIECE_BYTES, PIECE_BYTES));
    kept.delete(index);
    kept.set(index, bytes);
    if (kept.size > PIECES_KEPT) {
      const [oldest] = kept.keys();
      kept.delete(oldest);
    }
    return bytes;
  };
  return {
    async read(into, start) {
      const count = Math.max(0, Math.min(into.length, blob.size - start));
      for (let done = 0; done < count; ) {
        const at = start + done;
        const part = (await piece(Math.floor(at / PIECE_BYTES))).subarray(at % PIECE_BYTES);
        into.set(part.subarray(0, count - done), done);
        done += Math.min(part.length, count - done);
      }
      return count;
    },
    async close() {
      kept.clear();
    },
  };
}

async function bytesOf(blob: Blob, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(start, start + length).arrayBuffer());
}

async function memoryOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function statOf({ size, lastModified }: File): FileStat {
  const stamp = { text: `${size} ${lastModified}`, changedMs: lastModified };
  return { kind: 'file', size, modifiedMs: lastModified, stamp };
}

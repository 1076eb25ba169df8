/** A disk in memory on which files of the browser's lie too: those that somebody dropped or chose, read by ranges in place. */
import { basename, dirname } from '../../paths.ts';
import { coded } from '../memory/disk.ts';
import type { FileStat, Files } from '../platform.ts';
import { bytesOf, openBlob } from './blob-bytes.ts';

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
      return file ? bytesOf(file) : memory.read(path);
    },
    async readPieces(path, starts, length) {
      const file = mounted.get(path);
      if (!file) return memory.readPieces(path, starts, length);
      const pieces = new Uint8Array(starts.length * length);
      for (const [i, start] of starts.entries()) {
        pieces.set(await bytesOf(file.slice(start, start + length)), i * length);
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
      return file ? memory.write(to, await bytesOf(file)) : memory.copy(from, to);
    },
    copyAsIs: async (from, to) => {
      const file = mounted.get(from);
      return file ? memory.write(to, await bytesOf(file)) : memory.copyAsIs(from, to);
    },
  };
}

function statOf({ size, lastModified }: File): FileStat {
  const stamp = { text: `${size} ${lastModified}`, changedMs: lastModified };
  return { kind: 'file', size, modifiedMs: lastModified, stamp };
}

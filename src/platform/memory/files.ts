import { resolve } from '../../paths.ts';
import type { Files, OpenFile, ScratchFile } from '../platform.ts';
import {
  below,
  coded,
  fileAt,
  kindAt,
  type MemoryDisk,
  moveEntry,
  namesIn,
  putFile,
  removeBelow,
  statAt,
  tick,
} from './disk.ts';
import type { Fault, Step } from './faults.ts';

/** @param faultAt asked before each step that changes something */
export function memoryFiles(disk: MemoryDisk, faultAt: (step: Step) => Fault | null): Files {
  let isOn = true;
  const assertPower = () => {
    if (!isOn) throw coded('EIO', 'the power is gone');
  };
  const looking = <Result>(look: () => Result): Promise<Result> =>
    new Promise((done) => {
      assertPower();
      done(look());
    });
  /** @param half what is left where there is no room for it all */
  const changing = async (step: Step, change: () => void, half: () => void = () => {}): Promise<void> => {
    assertPower();
    const fault = faultAt(step);
    tick(disk);
    if (fault === 'refused') {
      half();
      throw coded(step.what === 'rename' || step.what === 'remove' ? 'EIO' : 'ENOSPC', step.path);
    }
    change();
    if (fault === 'power-cut') isOn = false;
    assertPower();
  };
  const create = (path: string, bytes: Uint8Array, modifiedMs?: number) => {
    if (kindAt(disk, path) !== null) throw coded('EEXIST', path);
    putFile(disk, path, { bytes, flushed: bytes }, modifiedMs);
  };
  const createHalf = (path: string, bytes: Uint8Array) => {
    const half = bytes.subarray(0, bytes.length >> 1);
    if (kindAt(disk, path) === null) putFile(disk, path, { bytes: half, flushed: null });
  };

  return {
    absolute: (path, from = '/') => resolve(from, path),
    stat: (path) => looking(() => statAt(disk, path)),
    kindOf: (path) => looking(() => kindAt(disk, path)),
    exists: async (path) => isOn && kindAt(disk, path) !== null,
    list: (folder) =>
      looking(() =>
        namesIn(disk, folder).map((name) => ({
          name,
          kind: kindAt(disk, `${folder === '/' ? '' : folder}/${name}`)!,
        })),
      ),
    realPath: (path) =>
      looking(() => {
        if (kindAt(disk, path) === null) throw coded('ENOENT', path);
        return path;
      }),
    assertAccess: (folder) => looking(() => void namesIn(disk, folder)),
    freeBytes: async () => null,

    read: (path) => looking(() => fileAt(disk, path).bytes.slice()),
    readPieces: (path, starts, length) =>
      looking(() => {
        const { bytes } = fileAt(disk, path);
        const pieces = new Uint8Array(starts.length * length);
        starts.forEach((start, i) => {
          pieces.set(bytes.subarray(start, start + length), i * length);
        });
        return pieces;
      }),
    open: (path) => looking(() => openBytes(fileAt(disk, path).bytes, assertPower)),
    scratch: async () => openScratch(assertPower),

    async write(path, given) {
      const bytes = given instanceof Uint8Array ? given.slice() : await joined(given);
      const step = { what: 'write', path } as const;
      await changing(
        step,
        () => create(path, bytes),
        () => createHalf(path, bytes),
      );
    },
    async appendLines(path, text, flush) {
      const encoded = new TextEncoder().encode(text);
      const append = (added: Uint8Array, isFlushed: boolean) => {
        const there = kindAt(disk, path) === null ? null : fileAt(disk, path);
        const old = there?.bytes ?? new Uint8Array();
        const bytes = new Uint8Array([...(endsTorn(old) ? [...old, LINE_BREAK] : old), ...added]);
        putFile(disk, path, { bytes, flushed: isFlushed ? bytes : (there?.flushed ?? null) });
      };
      const half = encoded.subarray(0, encoded.length >> 1);
      await changing(
        { what: 'append', path },
        () => append(encoded, flush),
        () => append(half, false),
      );
    },
    async copy(from, to) {
      const { bytes } = await looking(() => fileAt(disk, from));
      await changing(
        { what: 'copy', path: to },
        () => create(to, bytes),
        () => createHalf(to, bytes),
      );
    },
    async copyAsIs(from, to) {
      const { bytes, modifiedMs } = await looking(() => fileAt(disk, from));
      await changing(
        { what: 'copy', path: to },
        () => create(to, bytes, modifiedMs),
        () => createHalf(to, bytes),
      );
    },
    makeFolder: (path) =>
      changing({ what: 'make-folder', path }, () => {
        if (kindAt(disk, path) !== null) throw coded('EEXIST', path);
        if (kindAt(disk, path.slice(0, path.lastIndexOf('/')) || '/') !== 'folder')
          throw coded('ENOENT', path);
        disk.entries.set(path, null);
      }),
    rename: (from, to) => changing({ what: 'rename', path: to }, () => moveEntry(disk, from, to)),
    async remove(path) {
      const kind = await looking(() => kindAt(disk, path));
      if (kind === 'folder') throw coded('EISDIR', path);
      if (kind === 'file') await changing({ what: 'remove', path }, () => removeBelow(disk, path));
      return kind === 'file';
    },
    async removeFolder(path) {
      if ((await looking(() => namesIn(disk, path))).length > 0) throw coded('ENOTEMPTY', path);
      await changing({ what: 'remove', path }, () => removeBelow(disk, path));
    },
    async removeTree(path) {
      if ((await looking(() => kindAt(disk, path))) === null) return;
      // One by one, as a disk does it, the deepest first.
      for (const each of [...below(disk, path), path].sort((a, b) => b.length - a.length)) {
        await changing({ what: 'remove', path: each }, () => removeBelow(disk, each));
      }
    },
    removeAtExit: () => () => {},
  };
}

const LINE_BREAK = 0x0a;

function endsTorn(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes[bytes.length - 1] !== LINE_BREAK;
}

async function joined(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(await new Blob(all as BlobPart[]).arrayBuffer());
}

function openBytes(bytes: Uint8Array, assertPower: () => void): OpenFile {
  return {
    async read(into, start) {
      assertPower();
      const piece = bytes.subarray(start, start + into.length);
      into.set(piece);
      return piece.length;
    },
    async close() {},
  };
}

function openScratch(assertPower: () => void): ScratchFile {
  let bytes = new Uint8Array();
  return {
    name: 'a file in memory',
    async write(piece, start) {
      assertPower();
      const length = start + piece.length;
      if (length > bytes.length) {
        const larger = new Uint8Array(Math.max(length, 2 * bytes.length));
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(piece, start);
    },
    read: (into, start) => openBytes(bytes, assertPower).read(into, start),
    async close() {
      bytes = new Uint8Array();
    },
  };
}

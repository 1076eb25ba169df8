import { resolve } from '../../paths.ts';
import type { FileBytes, Files, ScratchFile } from '../platform.ts';
import { appended } from './appended.ts';
import { type Content, copyOf, halfOf, openContent, rangeOf } from './content.ts';
import {
  assertFree,
  below,
  coded,
  codeOfNothing,
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
import type { FailsAt, Step } from './faults.ts';

/**
 * @param keep where the bytes of a new file are to lie, which are the caller's. By default a copy in memory
 */
export function memoryFiles(
  disk: MemoryDisk,
  failsAt: FailsAt,
  keep: (given: FileBytes) => Promise<Content> = ownBytes,
): Files {
  const looking = <Result>(look: () => Result): Promise<Result> =>
    new Promise((done) => {
      done(look());
    });
  /** @param half what is left where there is no room for it all */
  const changing = async (step: Step, change: () => unknown, half: () => void = () => {}): Promise<void> => {
    const fails = failsAt(step);
    tick(disk);
    if (!fails) {
      change();
      return;
    }
    half();
    throw coded(step.what === 'rename' || step.what === 'remove' ? 'EIO' : 'ENOSPC', step.path);
  };
  const heldAt = (path: string) => (kindAt(disk, path) === null ? null : fileAt(disk, path));
  const create = (path: string, content: Content, modifiedMs?: number) => {
    assertFree(disk, path);
    putFile(disk, path, { content, flushed: content }, modifiedMs);
  };
  const createHalf = (path: string, content: Content) => {
    if (kindAt(disk, path) === null) putFile(disk, path, { content: halfOf(content), flushed: null });
  };
  const write = async (path: string, given: FileBytes) => {
    await looking(() => assertFree(disk, path));
    const content = await keep(given);
    await changing(
      { what: 'write', path },
      () => create(path, content),
      () => createHalf(path, content),
    );
  };
  return {
    slashed: (path) => path,
    absolute: (path, from = '/') => resolve(from, path),
    stat: (path) => looking(() => statAt(disk, path)),
    kindOf: (path) => looking(() => kindAt(disk, path)),
    exists: async (path) => kindAt(disk, path) !== null,
    list: (folder) =>
      looking(() =>
        namesIn(disk, folder).map((name) => ({
          name,
          kind: kindAt(disk, `${folder === '/' ? '' : folder}/${name}`)!,
        })),
      ),
    realPath: (path) =>
      looking(() => {
        if (kindAt(disk, path) === null) throw coded(codeOfNothing(disk, path), path);
        return path;
      }),
    assertAccess: (folder) => looking(() => void namesIn(disk, folder)),
    freeBytes: async () => null,

    read: async (path) => copyOf(fileAt(disk, path).content),
    async readPieces(path, starts, length) {
      const { content } = fileAt(disk, path);
      const pieces = new Uint8Array(starts.length * length);
      for (const [i, start] of starts.entries()) {
        pieces.set(await rangeOf(content, start, start + length), i * length);
      }
      return pieces;
    },
    open: async (path) => openContent(fileAt(disk, path).content),
    scratch: async () => openScratch(),

    write,
    // Its name may outlast the power all the same.
    writeTemporary: write,
    async appendLines(path, text, flush) {
      const encoded = new TextEncoder().encode(text);
      const half = encoded.subarray(0, encoded.length >> 1);
      for (;;) {
        const there = heldAt(path);
        const old = there?.content ?? new Uint8Array();
        if (old instanceof Uint8Array) {
          const append = (added: Uint8Array, isFlushed: boolean) => {
            const content = lines(old, added);
            putFile(disk, path, { content, flushed: isFlushed ? content : (there?.flushed ?? null) });
          };
          // What follows the look must not wait, or another's lines would get lost.
          return changing(
            { what: 'append', path },
            () => append(encoded, flush),
            () => append(half, false),
          );
        }
        const content = await rangeOf(old);
        if (there && heldAt(path) === there) disk.entries.set(path, { ...there, content });
      }
    },
    async copy(from, to) {
      const { content } = await looking(() => fileAt(disk, from));
      await changing(
        { what: 'copy', path: to },
        () => create(to, content),
        () => createHalf(to, content),
      );
    },
    async copyAsIs(from, to) {
      const { content, modifiedMs } = await looking(() => fileAt(disk, from));
      await changing(
        { what: 'copy', path: to },
        () => create(to, content, modifiedMs),
        () => createHalf(to, content),
      );
    },
    async makeFolder(path) {
      await looking(() => assertFree(disk, path));
      await changing({ what: 'make-folder', path }, () => disk.entries.set(path, null));
    },
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

const LINE_BREAK = Uint8Array.of(0x0a);

/** Lines behind others, with a break between them where the last one lacks its own. */
function lines(there: Uint8Array, added: Uint8Array): Uint8Array {
  const isTorn = there.length > 0 && there[there.length - 1] !== LINE_BREAK[0];
  return appended(isTorn ? appended(there, LINE_BREAK) : there, added);
}

async function ownBytes(given: FileBytes): Promise<Uint8Array> {
  if (given instanceof Uint8Array) return given.slice();
  const all: Uint8Array[] = [];
  for await (const piece of given) all.push(piece);
  return new Uint8Array(await new Blob(all as BlobPart[]).arrayBuffer());
}

/** Bytes of one piece of a scratch file: it grows by these, so that nothing is copied and little is left empty. */
const PIECE_BYTES = 2 ** 24;

function openScratch(): ScratchFile {
  let pieces: Uint8Array[] = [];
  let length = 0;
  /** Walks over the pieces that hold so many bytes from a start. */
  const over = (start: number, count: number, visit: (part: Uint8Array, from: number) => void): void => {
    for (let done = 0; done < count; ) {
      const at = start + done;
      const index = Math.floor(at / PIECE_BYTES);
      const part = pieces[index].subarray(at % PIECE_BYTES, (at % PIECE_BYTES) + count - done);
      visit(part, done);
      done += part.length;
    }
  };
  return {
    name: 'a file in memory',
    async append(bytes) {
      const start = length;
      length += bytes.length;
      while (pieces.length * PIECE_BYTES < length) pieces.push(new Uint8Array(PIECE_BYTES));
      over(start, bytes.length, (part, from) => part.set(bytes.subarray(from, from + part.length)));
    },
    async read(into, start) {
      const count = Math.max(0, Math.min(into.length, length - start));
      over(start, count, (part, from) => into.set(part, from));
      return count;
    },
    async close() {
      pieces = [];
      length = 0;
    },
  };
}

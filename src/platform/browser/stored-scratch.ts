/** Scratch room of a page, which the browser's store takes piece by piece: of a decoded song of hours little lies in memory. */
import { openPieces } from '../memory/open-pieces.ts';
import type { OpenFile, ScratchFile } from '../platform.ts';
import { type StoredBlob, weighed } from './blob-bytes.ts';
import type { Store } from './session-store.ts';

/** Bytes of a piece: one is filled while the one before is on its way. A multiple of what {@link openPieces} asks for. */
const PIECE_BYTES = 2 ** 24;

export function storedScratch(store: Store): ScratchFile {
  const pieces: StoredBlob[] = [];
  const filling = new Uint8Array(PIECE_BYTES);
  /** How much of it is filled. */
  let filled = 0;
  let reader: OpenFile | null = null;
  let isOpen = true;
  const assertOpen = () => {
    if (!isOpen) throw Object.assign(new Error('the file is closed'), { code: 'EBADF' });
  };

  async function putPiece(): Promise<void> {
    // What is decoded faster than it is put away would wait in the browser's memory.
    await pieces.at(-1)?.settled;
    assertOpen();
    pieces.push(store(weighed(new Blob([filling]))));
    filled = 0;
  }
  async function range(start: number, end: number): Promise<Uint8Array> {
    assertOpen();
    const piece = Math.floor(start / PIECE_BYTES);
    const from = start - piece * PIECE_BYTES;
    const to = end - piece * PIECE_BYTES;
    return piece < pieces.length ? pieces[piece].range(from, to) : filling.slice(from, to);
  }
  return {
    name: 'a file in the browser’s store',
    async append(bytes) {
      assertOpen();
      reader = null;
      for (let done = 0; done < bytes.length; ) {
        const part = bytes.subarray(done, done + PIECE_BYTES - filled);
        filling.set(part, filled);
        filled += part.length;
        done += part.length;
        if (filled === PIECE_BYTES) await putPiece();
      }
    },
    read(into, start) {
      reader ??= openPieces(pieces.length * PIECE_BYTES + filled, range);
      return reader.read(into, start);
    },
    async close() {
      isOpen = false;
      await reader?.close();
      for (const piece of pieces.splice(0)) piece.drop();
    },
  };
}

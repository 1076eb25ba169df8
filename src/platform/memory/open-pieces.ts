import type { OpenFile } from '../platform.ts';

/** Bytes that are fetched at once, and how many such pieces of an open file are kept. */
const PIECE_BYTES = 2 ** 20;
const PIECES_KEPT = 8;

/**
 * Reads by ranges what lies where each question takes a while: in pieces, of which those read last are kept. They are left to the
 * collector: bytes that are emptied by `transfer` no longer count for it, though Chromium holds their memory on; 470 MB read in
 * pieces took 490 MB more that way, and 100 without.
 * @param size bytes
 * @param range bytes [start, end)
 */
export function openPieces(
  size: number,
  range: (start: number, end: number) => Promise<Uint8Array>,
): OpenFile {
  /** By their number, the one read last at the end. */
  const kept = new Map<number, Uint8Array>();
  const piece = async (index: number): Promise<Uint8Array> => {
    const start = index * PIECE_BYTES;
    const bytes = kept.get(index) ?? (await range(start, Math.min(start + PIECE_BYTES, size)));
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
      const count = Math.max(0, Math.min(into.length, size - start));
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

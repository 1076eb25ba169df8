import type { OpenFile } from '../platform.ts';

/** Bytes that are fetched at once. */
const PIECE_BYTES = 2 ** 20;
/** How many such pieces of an open file are kept: as much as of decoded sound, since songs are read more than once. */
const PIECES_KEPT = 64;

/**
 * Reads by ranges what lies where each question takes a while: in pieces, all that a range needs at once, and the next one ahead where
 * they are read in turn. Those read last are kept. They are left to the
 * collector: bytes that are emptied by `transfer` no longer count for it, though Chromium holds their memory on; 470 MB read in
 * pieces took 490 MB more that way, and 100 without.
 * @param size bytes
 * @param range bytes [start, end)
 */
export function openPieces(
  size: number,
  range: (start: number, end: number) => Promise<Uint8Array>,
): OpenFile {
  const count = Math.ceil(size / PIECE_BYTES);
  /** By their number, the one asked for last at the end. */
  const kept = new Map<number, Promise<Uint8Array>>();
  const piece = (index: number): Promise<Uint8Array> => {
    const start = index * PIECE_BYTES;
    const bytes = kept.get(index) ?? range(start, Math.min(start + PIECE_BYTES, size));
    // What could not be read is asked for anew; whoever waits for it hears of it.
    if (!kept.delete(index)) bytes.catch(() => kept.delete(index));
    kept.set(index, bytes);
    if (kept.size > PIECES_KEPT) {
      const [oldest] = kept.keys();
      kept.delete(oldest);
    }
    return bytes;
  };
  return {
    async read(into, start) {
      const length = Math.max(0, Math.min(into.length, size - start));
      if (length === 0) return 0;
      const first = Math.floor(start / PIECE_BYTES);
      const last = Math.floor((start + length - 1) / PIECE_BYTES);
      const isInTurn = kept.has(first - 1) || last > first;
      const pieces = Array.from({ length: last - first + 1 }, (_, i) => piece(first + i));
      if (isInTurn && last + 1 < count && !kept.has(last + 1)) void piece(last + 1);
      for (const [i, bytes] of (await Promise.all(pieces)).entries()) {
        const at = (first + i) * PIECE_BYTES - start;
        const from = Math.max(0, -at);
        into.set(bytes.subarray(from, length - at), at + from);
      }
      return length;
    },
    async close() {
      kept.clear();
    },
  };
}

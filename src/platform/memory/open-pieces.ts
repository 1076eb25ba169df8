import { inLanes } from '../lanes.ts';
import type { OpenFile } from '../platform.ts';

/** Bytes that are fetched at once. */
const PIECE_BYTES = 2 ** 20;
/** How many such pieces a range asks for side by side. */
const LANES = 8;
/** How many pieces of an open file are kept of what is read once, front to back, as for a digest. */
const FEW_KEPT = 8;
/** How many of what is read more than once, as songs are: as much as of decoded sound. */
const MANY_KEPT = 64;

/**
 * Reads by ranges what lies where each question takes a while: in pieces, several that a range needs at once, and the next one
 * ahead where they are read in turn. Those read last are kept, more of them once one had to be fetched again. They are left to the
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
  /** Those asked for at some time, kept or not. */
  const fetched = new Set<number>();
  let most = FEW_KEPT;
  let isOpen = true;
  const fetch = (index: number): Promise<Uint8Array> => {
    if (fetched.has(index)) most = MANY_KEPT;
    fetched.add(index);
    const start = index * PIECE_BYTES;
    const bytes = range(start, Math.min(start + PIECE_BYTES, size));
    // What could not be read is asked for anew; whoever waits for it hears of it.
    bytes.catch(() => {
      if (kept.get(index) === bytes) kept.delete(index);
    });
    return bytes;
  };
  const piece = (index: number): Promise<Uint8Array> => {
    const bytes = kept.get(index) ?? fetch(index);
    if (!isOpen) return bytes;
    kept.delete(index);
    kept.set(index, bytes);
    if (kept.size > most) {
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
      const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      await inLanes(indexes, LANES, undefined, async (index) => {
        const asked = piece(index);
        if (index === last && isInTurn && last + 1 < count && !kept.has(last + 1)) void piece(last + 1);
        const bytes = await asked;
        const at = index * PIECE_BYTES - start;
        const from = Math.max(0, -at);
        into.set(bytes.subarray(from, length - at), at + from);
      });
      return length;
    },
    async close() {
      isOpen = false;
      kept.clear();
    },
  };
}

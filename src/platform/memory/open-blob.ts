import type { OpenFile } from '../platform.ts';

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

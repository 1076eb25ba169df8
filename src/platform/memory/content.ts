/** What a file on a disk in memory holds: bytes, or bytes that lie elsewhere and are fetched when they are asked for. */
import type { OpenFile } from '../platform.ts';
import { openPieces } from './open-pieces.ts';

/** Never changed, only replaced, so that disks can share it. */
export type Content = Uint8Array | StoredBytes;

export interface StoredBytes {
  readonly size: number;
  /** Bytes [start, end), in memory of the caller's own. @throws an error with a code, as `Files` does */
  range(start: number, end: number): Promise<Uint8Array>;
}

export function sizeOf(content: Content): number {
  return content instanceof Uint8Array ? content.length : content.size;
}

/** Bytes [start, end), which the disk's own may be: not to be changed. */
export async function rangeOf(content: Content, start = 0, end = sizeOf(content)): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content.subarray(start, end);
  return content.range(start, Math.min(end, content.size));
}

/** The same in memory of the caller's own. */
export async function copyOf(content: Content): Promise<Uint8Array> {
  const bytes = await rangeOf(content);
  return content instanceof Uint8Array ? bytes.slice() : bytes;
}

/** What is there of it where there was room for half. */
export function halfOf(content: Content): Content {
  const half = sizeOf(content) >> 1;
  if (content instanceof Uint8Array) return content.subarray(0, half);
  return { size: half, range: (start, end) => content.range(start, end) };
}

export function openContent(content: Content): OpenFile {
  if (!(content instanceof Uint8Array)) {
    return openPieces(content.size, (start, end) => content.range(start, end));
  }
  return {
    async read(into, start) {
      const piece = content.subarray(start, start + into.length);
      into.set(piece);
      return piece.length;
    },
    async close() {},
  };
}

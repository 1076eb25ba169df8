/** What a file on a disk in memory holds: bytes, or bytes that lie elsewhere and are fetched when they are asked for. */
import type { OpenFile } from '../platform.ts';
import { openBlob } from './open-blob.ts';

/** Never changed, only replaced, so that disks can share it. */
export type Content = Uint8Array | StoredBytes;

export interface StoredBytes {
  readonly size: number;
  /** As it can be read by ranges, of wherever the bytes lie by now. */
  blob(): Blob;
}

export function isElsewhere(content: Content): content is StoredBytes {
  return !(content instanceof Uint8Array);
}

export function sizeOf(content: Content): number {
  return content instanceof Uint8Array ? content.length : content.size;
}

/** Bytes [start, end), which the disk's own may be: not to be changed. */
export async function rangeOf(content: Content, start = 0, end = sizeOf(content)): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content.subarray(start, end);
  return new Uint8Array(await content.blob().slice(start, end).arrayBuffer());
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
  return { size: half, blob: () => content.blob().slice(0, half) };
}

export function blobOf(content: Content): Blob {
  return content instanceof Uint8Array ? new Blob([content as BlobPart]) : content.blob();
}

export function openContent(content: Content): OpenFile {
  if (!(content instanceof Uint8Array)) return openBlob(content.blob());
  return {
    async read(into, start) {
      const piece = content.subarray(start, start + into.length);
      into.set(piece);
      return piece.length;
    },
    async close() {},
  };
}

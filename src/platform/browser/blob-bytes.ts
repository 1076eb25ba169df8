/** Blobs, the browser's name for bytes that it holds somewhere, as files are read. */
import type { Content, StoredBytes } from '../memory/content.ts';
import { rangeOf } from '../memory/content.ts';
import { openPieces } from '../memory/open-pieces.ts';
import type { FileBytes, OpenFile } from '../platform.ts';

/**
 * Bytes that a Blob holds, which may be another by and by, of the same bytes: those of a file on a disk in memory, or of one
 * that is to be written there.
 */
export class StoredBlob implements StoredBytes, AsyncIterable<Uint8Array> {
  blob: Blob;
  /** Kept once the browser has it where it is to lie, or cannot put it there. */
  settled: Promise<void> = Promise.resolve();
  /** Nobody reads it any more: what is put away of it is removed at once, not when the collector comes. */
  drop: () => void = () => {};

  constructor(blob: Blob) {
    this.blob = blob;
  }

  get size(): number {
    return this.blob.size;
  }

  range(start: number, end: number): Promise<Uint8Array> {
    return bytesOf(this.blob.slice(start, end));
  }

  async *[Symbol.asyncIterator]() {
    yield await bytesOf(this.blob);
  }
}

/** Bytes from here on are given to the browser: the rest is looked at often, and a hundred thousand such files would fit. */
const HELD_BYTES = 2 ** 16;

/** What is to be written as this page's workers keep and send it: a Blob where it is much, or else bytes of its own. */
export async function heldBytes(given: FileBytes): Promise<Uint8Array<ArrayBuffer> | StoredBlob> {
  if (given instanceof StoredBlob) return given;
  if (given instanceof Uint8Array && given.length < HELD_BYTES) return new Uint8Array(given);
  const parts: Uint8Array[] = [];
  for await (const part of given instanceof Uint8Array ? [given] : given) parts.push(part);
  // It copies what it is made of.
  const blob = weighed(new Blob(parts as BlobPart[]));
  return blob.size < HELD_BYTES ? bytesOf(blob) : new StoredBlob(blob);
}

/**
 * The browser holds a Blob's bytes until the last handle of it is collected, and to the collector a handle is a few bytes: of an hour
 * of songs up to 2 GB were held that lay on the disk already. An array that lives as long as its handle counts as all that it could
 * hold, and takes next to no memory as long as nobody touches it.
 */
const weights = new WeakMap<Blob, ArrayBuffer>();

/** @param blob whose bytes the browser holds in memory, new here: made or received @returns it, and the collector knows its weight */
export function weighed(blob: Blob): Blob {
  try {
    weights.set(blob, new ArrayBuffer(blob.size));
  } catch {
    // Where there is no room for it, the collector has come already.
  }
  return blob;
}

/** A content as the browser takes it, without fetching what it holds already. @throws as {@link bytesOf} */
export async function blobOf(content: Content): Promise<Blob> {
  return content instanceof StoredBlob ? content.blob : new Blob([(await rangeOf(content)) as BlobPart]);
}

/** For reading by ranges: a question to the browser costs a millisecond, and memory that is given back late. */
export function openBlob(blob: Blob): OpenFile {
  return openPieces(blob.size, (start, end) => bytesOf(blob.slice(start, end)));
}

/**
 * All bytes of a Blob, in memory of the caller's own.
 * @throws an error with the code EIO: the browser has them no more, as where somebody cleared what it stores, or where a file that
 * was dropped is changed or gone since. It stands on the disk all the same, so it is not ENOENT
 */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    const words =
      'the browser no longer has what it held (a file that was moved or changed since, or stored data that was cleared)';
    throw Object.assign(new Error(words, { cause }), { code: 'EIO' });
  }
}

/** Blobs, the browser's name for bytes that it holds somewhere, as files are read. */
import type { Content, StoredBytes } from '../memory/content.ts';
import { rangeOf } from '../memory/content.ts';
import { openPieces } from '../memory/open-pieces.ts';
import type { OpenFile } from '../platform.ts';

/** Bytes of a disk in memory that a Blob holds, which may be another by and by, of the same bytes. */
export class StoredBlob implements StoredBytes {
  blob: Blob;

  constructor(blob: Blob) {
    this.blob = blob;
  }

  get size(): number {
    return this.blob.size;
  }

  range(start: number, end: number): Promise<Uint8Array> {
    return bytesOf(this.blob.slice(start, end));
  }
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

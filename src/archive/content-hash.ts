import type { OpenFile, Platform } from '../platform/platform.ts';
import { regularFile } from './byte-file.ts';
import { diskError } from './disk-errors.ts';

/** Bytes hashed at a time. */
const PIECE_LENGTH = 1024 * 1024;

/**
 * SHA-256 of a file's bytes, in hex: a source's identity whatever its name and place.
 * @throws NotAllowedError, FileSystemError when it cannot be read
 */
export async function contentHash(platform: Platform, path: string): Promise<string> {
  try {
    const { size } = await regularFile(platform, path);
    const file = await platform.files.open(path);
    try {
      return await hashOf(platform, file, Math.min(size + 1, PIECE_LENGTH));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
}

/** Reads into one array again and again: a stream makes one a piece, which takes near half as long as hashing it. */
async function hashOf(platform: Platform, file: OpenFile, pieceLength: number): Promise<string> {
  const hash = platform.sha256();
  const piece = new Uint8Array(pieceLength);
  for (let start = 0; ; ) {
    const length = await file.read(piece, start);
    hash.update(piece.subarray(0, length));
    if (length < pieceLength) return hash.hex();
    start += length;
  }
}

/** SHA-256 of bytes, in hex. */
export function bytesHash({ sha256 }: Platform, bytes: Uint8Array): string {
  const hash = sha256();
  hash.update(bytes);
  return hash.hex();
}

/** A file's {@link contentHash}; null where it cannot be read. */
export async function digestOf(platform: Platform, path: string): Promise<string | null> {
  return contentHash(platform, path).catch(() => null);
}

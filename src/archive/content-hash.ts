import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { regularFile } from './byte-file.ts';
import { diskError } from './disk-errors.ts';

/** Bytes hashed at a time. */
const PIECE_LENGTH = 1024 * 1024;

/**
 * SHA-256 of a file's bytes, in hex: a source's identity whatever its name and place.
 * @throws NotAllowedError, FileSystemError when it cannot be read
 */
export async function contentHash(path: string): Promise<string> {
  try {
    const { size } = await regularFile(path);
    const file = await open(path, 'r');
    try {
      return await hashOf(file, Math.min(size + 1, PIECE_LENGTH));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
}

/** Reads into one array again and again: a stream makes one a piece, which takes near half as long as hashing it. */
async function hashOf(file: FileHandle, pieceLength: number): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafeSlow(pieceLength);
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, pieceLength, null);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
  }
}

/** SHA-256 of bytes, in hex. */
export function bytesHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file's {@link contentHash}; null where it cannot be read. */
export async function digestOf(path: string): Promise<string | null> {
  return contentHash(path).catch(() => null);
}

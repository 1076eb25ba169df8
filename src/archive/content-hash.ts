import { Rooms } from '../dsp/rooms.ts';
import type { OpenFile, Platform } from '../platform/platform.ts';
import { regularFile } from './byte-file.ts';
import { diskError } from './disk-errors.ts';

/** Bytes hashed at a time: nearly all textures are one such piece, which browsers hash more quickly. */
const PIECE_LENGTH = 4 * 1024 * 1024;

/**
 * SHA-256 of a file's bytes, in hex: a source's identity whatever its name and place.
 * @throws NotAllowedError, FileSystemError when it cannot be read
 */
export async function contentHash(platform: Platform, path: string): Promise<string> {
  try {
    const { size } = await regularFile(platform, path);
    const file = await platform.files.open(path);
    const rooms = new Rooms();
    try {
      return await hashOf(platform, file, rooms.bytes(Math.min(size + 1, PIECE_LENGTH)));
    } finally {
      rooms.release();
      await file.close();
    }
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
}

/** Reads into one array again and again: a stream makes one a piece, which takes near half as long as hashing it. */
async function hashOf(platform: Platform, file: OpenFile, piece: Uint8Array): Promise<string> {
  let length = await file.read(piece, 0);
  if (length < piece.length) return platform.sha256Of(piece.subarray(0, length));
  const hash = platform.sha256();
  for (let start = 0; ; ) {
    hash.update(piece.subarray(0, length));
    if (length < piece.length) return hash.hex();
    start += length;
    length = await file.read(piece, start);
  }
}

/** A file's {@link contentHash}; null where it cannot be read. */
export async function digestOf(platform: Platform, path: string): Promise<string | null> {
  return contentHash(platform, path).catch(() => null);
}

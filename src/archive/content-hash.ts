import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { regularFile } from './byte-file.ts';
import { diskError } from './disk-errors.ts';

/**
 * SHA-256 of a file's bytes, in hex: a source's identity whatever its name and place.
 * @throws NotAllowedError, FileSystemError when it cannot be read
 */
export async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await regularFile(path);
    for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece);
  } catch (cause) {
    throw diskError(cause, 'read', path);
  }
  return hash.digest('hex');
}

/** SHA-256 of bytes, in hex. */
export function bytesHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file's {@link contentHash}; null where it cannot be read. */
export async function digestOf(path: string): Promise<string | null> {
  return contentHash(path).catch(() => null);
}

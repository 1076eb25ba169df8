import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FileSystemError } from '../errors.ts';
import type { ByteReader } from '../formats/bytes.ts';
import { diskError } from './disk-errors.ts';

/** A file's bytes by position, until closed. */
export interface ByteFile extends ByteReader {
  close(): Promise<void>;
}

/**
 * Opens a file for reading by ranges.
 *
 * @throws NotAllowedError, FileSystemError when it cannot be opened, or is no regular file
 */
export async function openByteFile(path: string): Promise<ByteFile> {
  const refuse = (cause: unknown): never => {
    throw diskError(cause, 'read', path);
  };
  const { size } = await regularFile(path).catch(refuse);
  const handle = await open(path, 'r').catch(refuse);
  return {
    name: basename(path),
    size,
    async read(offset, length) {
      // Never more than the file holds, whatever a damaged header asks for.
      const bytes = unclearedBytes(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle
          .read(bytes, filled, bytes.length - filled, offset + filled)
          .catch(refuse);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

/** Fresh bytes with anything in them, for those who fill them: zeros first would cost as much as reading. */
function unclearedBytes(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
}

/**
 * Looked at before opening, because opening a pipe waits for somebody to write into it.
 * @throws FileSystemError where it is no regular file; what the disk throws
 */
export async function regularFile(path: string): Promise<{ size: number }> {
  const stats = await stat(path);
  if (stats.isFile()) return stats;
  const kind = stats.isDirectory() ? 'a folder' : 'no regular file';
  throw new FileSystemError(`Cannot read “${path}”: it is ${kind}; name a file.`, { context: { path } });
}

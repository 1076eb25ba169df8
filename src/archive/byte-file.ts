import { open } from 'node:fs/promises';
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
  const handle = await open(path, 'r').catch((cause) => {
    throw diskError(cause, 'read', path);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? 'a folder' : 'no regular file';
      throw new FileSystemError(`Cannot read “${path}”: it is ${kind}; name a file.`, { context: { path } });
    }
    return {
      name: basename(path),
      size: stats.size,
      async read(offset, length) {
        // Never more than the file holds, whatever a damaged header asks for.
        const wanted = Math.max(0, Math.min(length, stats.size - offset));
        const bytes = new Uint8Array(wanted);
        let filled = 0;
        while (filled < wanted) {
          const { bytesRead } = await handle
            .read(bytes, filled, wanted - filled, offset + filled)
            .catch((cause) => {
              throw diskError(cause, 'read', path);
            });
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return filled === wanted ? bytes : bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw diskError(error, 'read', path);
  }
}

import { FRESH } from '../dsp/rooms.ts';
import { FileSystemError, MalformedFileError } from '../errors.ts';
import type { ByteReader } from '../formats/bytes.ts';
import { basename } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/** A file's bytes by position, until closed. */
export interface ByteFile extends ByteReader {
  close(): Promise<void>;
}

/**
 * Opens a file for reading by ranges. One that is shorter by then than it was when it was opened is no sound with silence behind it: somebody
 * copies or cuts it, and reading throws MalformedFileError.
 *
 * @throws NotAllowedError, FileSystemError when it cannot be opened, or is no regular file
 */
export async function openByteFile(platform: Platform, path: string): Promise<ByteFile> {
  const rethrow = (cause: unknown): never => {
    throw diskError(cause, 'read', path);
  };
  const { size } = await regularFile(platform, path).catch(rethrow);
  const handle = await platform.files.open(path).catch(rethrow);
  return {
    name: basename(path),
    size,
    async read(offset, length, lender = FRESH) {
      // Never more than the file holds, whatever a damaged header asks for.
      const bytes = lender.bytes(Math.max(0, Math.min(length, size - offset)));
      if ((await handle.read(bytes, offset).catch(rethrow)) < bytes.length) throw shortened(path);
      return bytes;
    },
    close: () => handle.close(),
  };
}

/** What is said of a file that was cut while it was read. */
export function shortened(path: string): MalformedFileError {
  return new MalformedFileError(
    `“${basename(path)}” became shorter while it was read; run again once nothing writes to it any more.`,
    { context: { path } },
  );
}

/** Most headers, without pictures in their tags, end well before. */
const HEAD_BYTES = 4096;

/**
 * The same for whoever reads the header alone, of many files: its first bytes are read at once, and the file is opened only for
 * what lies behind them.
 *
 * @throws NotAllowedError, FileSystemError when it cannot be read, or is no regular file
 */
export async function openHead(platform: Platform, path: string): Promise<ByteFile> {
  const rethrow = (cause: unknown): never => {
    throw diskError(cause, 'read', path);
  };
  const { size } = await regularFile(platform, path).catch(rethrow);
  const head = await platform.files.readPieces(path, [0], Math.min(size, HEAD_BYTES)).catch(rethrow);
  let whole: Promise<ByteFile> | null = null;
  return {
    name: basename(path),
    size,
    async read(offset, length, lender = FRESH) {
      const end = Math.min(offset + length, size);
      if (end <= head.length) return head.slice(offset, end);
      whole ??= openByteFile(platform, path);
      return (await whole).read(offset, length, lender);
    },
    async close() {
      // Whoever read it heard of what kept it from being opened.
      await (await whole?.catch(() => null))?.close();
    },
  };
}

/**
 * Looked at before opening, because opening a pipe waits for somebody to write into it.
 * @throws FileSystemError where it is no regular file; what the disk throws
 */
export async function regularFile({ files }: Platform, path: string): Promise<{ size: number }> {
  const stat = await files.stat(path);
  if (stat?.kind === 'file') return stat;
  if (stat === null) throw Object.assign(new Error('nothing is there'), { code: 'ENOENT' });
  const kind = stat.kind === 'folder' ? 'a folder' : 'no regular file';
  throw new FileSystemError(`Cannot read “${path}”: it is ${kind}; name a file.`, { context: { path } });
}

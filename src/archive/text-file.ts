import { FileSystemError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/**
 * The text of a file that the engine keeps, in UTF-8, or in UTF-16 where a byte order mark says so, as editors and spreadsheets save
 * it; the mark is no part of it. What is no text comes with U+FFFD in its place.
 *
 * @returns null where there is no such file
 * @throws as {@link bytesIfThere}
 */
export async function textIfThere(platform: Platform, path: string): Promise<string | null> {
  const bytes = await bytesIfThere(platform, path);
  return bytes && decoderOf(bytes, false).decode(bytes);
}

/** The text of such bytes; null where they are in another encoding, such as an old code page. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return decoderOf(bytes, true).decode(bytes);
  } catch {
    return null;
  }
}

function decoderOf([first, second]: Uint8Array, fatal: boolean): TextDecoder {
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', { fatal });
}

/**
 * The bytes of a file that the engine keeps; null where there is none. What stands there is looked at before it is
 * opened, because opening a pipe waits for somebody to write into it.
 *
 * @throws FileSystemError where a folder, a pipe or a device stands in its place; NotAllowedError
 */
export async function bytesIfThere({ files }: Platform, path: string): Promise<Uint8Array | null> {
  try {
    const found = await files.stat(path);
    if (found === null) return null;
    if (found.kind !== 'file') {
      const kind = found.kind === 'folder' ? 'a folder' : 'a pipe or device';
      throw new FileSystemError(`Cannot read “${path}”: it is ${kind} and no file; move it away.`, {
        context: { path },
      });
    }
    return await files.read(path);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return null;
    throw diskError(cause, 'read', path);
  }
}

/** As {@link textIfThere} of a file that must be there. @throws FileSystemError where it is not */
export async function textOf(platform: Platform, path: string): Promise<string> {
  const text = await textIfThere(platform, path);
  if (text !== null) return text;
  throw new FileSystemError(`Cannot read “${path}”: it does not exist; check the path.`, {
    context: { path, code: 'ENOENT' },
  });
}

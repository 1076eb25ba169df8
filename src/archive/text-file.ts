import { readFile, stat } from 'node:fs/promises';
import { FileSystemError } from '../errors.ts';
import { diskError } from './disk-errors.ts';

/**
 * The text of a file that the engine keeps, in UTF-8; null where there is none. What stands there is looked at before it is
 * opened, because opening a pipe waits for somebody to write into it.
 *
 * @throws FileSystemError where a folder, a pipe or a device stands in its place; NotAllowedError
 */
export async function textIfThere(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      const kind = found.isDirectory() ? 'a folder' : 'a pipe or device';
      throw new FileSystemError(`Cannot read “${path}”: it is ${kind} and no file; move it away.`, {
        context: { path },
      });
    }
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw diskError(cause, 'read', path);
  }
}

/** As {@link textIfThere} of a file that must be there. @throws FileSystemError where it is not */
export async function textOf(path: string): Promise<string> {
  const text = await textIfThere(path);
  if (text !== null) return text;
  throw new FileSystemError(`Cannot read “${path}”: it does not exist; check the path.`, {
    context: { path, code: 'ENOENT' },
  });
}

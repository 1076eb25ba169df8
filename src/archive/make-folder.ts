import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileSystemError } from '../errors.ts';
import { diskError } from './disk-errors.ts';

/**
 * Makes a folder and those above it that are missing, one by one: Node's recursive mkdir never returns where a folder
 * that is there refuses new ones as missing, as those of /proc do (Node 20).
 *
 * @param path absolute
 * @returns the topmost of the folders that were made; undefined where all were there
 * @throws NotAllowedError, DiskFullError, FileSystemError that name the folder
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const outcome = makeOne(path);
  if (outcome !== 'no parent') return outcome === 'made' ? path : undefined;
  const parent = dirname(path);
  const topmost = parent === path ? undefined : await makeFolder(parent);
  if (makeOne(path) === 'no parent') {
    throw new FileSystemError(`Cannot make “${path}”: no folder can be made there; choose another place.`, {
      context: { path },
    });
  }
  return topmost ?? path;
}

function makeOne(path: string): 'made' | 'there' | 'no parent' {
  try {
    mkdirSync(path);
    return 'made';
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'there';
    if (code === 'ENOENT') return 'no parent';
    throw diskError(cause, 'make', path);
  }
}

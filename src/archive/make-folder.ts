import { FileSystemError } from '../errors.ts';
import { dirname } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/**
 * Makes a folder and those above it that are missing, one by one: Node's recursive mkdir never returns where a folder
 * that is there rejects new ones as missing, as those of /proc do (Node 20).
 *
 * @param path absolute
 * @returns the topmost of the folders that were made; undefined where all were there
 * @throws NotAllowedError, DiskFullError, FileSystemError that name the folder
 */
export async function makeFolder(platform: Platform, path: string): Promise<string | undefined> {
  const outcome = await makeOne(platform, path);
  if (outcome !== 'no parent') return outcome === 'made' ? path : undefined;
  const parent = dirname(path);
  const topmost = parent === path ? undefined : await makeFolder(platform, parent);
  if ((await makeOne(platform, path)) === 'no parent') {
    throw new FileSystemError(`Cannot make “${path}”: no folder can be made there; choose another place.`, {
      context: { path },
    });
  }
  return topmost ?? path;
}

async function makeOne({ files }: Platform, path: string): Promise<'made' | 'there' | 'no parent'> {
  try {
    await files.makeFolder(path);
    return 'made';
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'EEXIST') return 'there';
    if (code === 'ENOENT') return 'no parent';
    throw diskError(cause, 'make', path);
  }
}

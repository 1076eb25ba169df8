import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { diskError } from './disk-errors.ts';

/**
 * Keeps a file that is not what it should be under another name: `manifest.csv.bak` (`.bak2`, … where that is taken).
 * @returns the path it has now
 * @throws NotAllowedError, FileSystemError
 */
export async function setAside(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = `${path}.bak${n === 1 ? '' : n}`;
    if (existsSync(aside)) continue;
    await rename(path, aside).catch((error) => {
      throw diskError(error, 'rename', path);
    });
    return aside;
  }
}

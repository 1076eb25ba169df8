/** What is made by the first test file that asks for it, for all of a run, whichever process they are in. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';

const DONE = '.made';
const FAILED = '.failed';

/**
 * A folder that holds what `make` puts into it; not to be changed (copy it for that).
 * @param name of the folder; asked for again, it is not made again
 * @throws Error where making it failed, here or in another process
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('sharedFolder'), name);
  const marker = (what: string) => `${folder}${what}`;
  if (await isFirst(folder)) {
    try {
      await make(folder);
      await writeFile(marker(DONE), '');
    } catch (error) {
      await writeFile(marker(FAILED), String(error));
      throw error;
    }
  }
  while (!existsSync(marker(DONE))) {
    if (existsSync(marker(FAILED))) throw new Error(`${name} could not be made; another test file says why.`);
    await setTimeout(50);
  }
  return folder;
}

/** Of all that ask for a folder, one creates it. */
async function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

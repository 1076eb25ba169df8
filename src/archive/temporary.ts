/** Files on their way to their place, and what is left of them when a run is killed. */
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { fdir } from 'fdir';

const TEMPORARY = /^\.afterglow-\d+-\d+-\d+\.tmp$/;

/** Textures lie two folders below the export folder: source, then family. */
const DEEPEST = 2;

let given = 0;

/**
 * A new file's path in a folder, no other's in any process or thread. Short and hidden: a name of 255 bytes could
 * bear no suffix, and discovery passes hidden files over.
 */
export function temporaryPath(folder: string): string {
  return join(folder, `.afterglow-${process.pid}-${threadId}-${given++}.tmp`);
}

/**
 * Removes what killed runs have left half written in an export folder. Nobody else may be writing there.
 * What cannot be removed stays: it is in nobody's way. Links to folders are not followed.
 * @returns their paths
 */
export async function removeTemporaries(exportFolder: string): Promise<string[]> {
  const left = await new fdir()
    .withFullPaths()
    .withMaxDepth(DEEPEST)
    .filter((path) => TEMPORARY.test(basename(path)))
    .crawl(exportFolder)
    .withPromise();
  for (const path of left) await rm(path, { force: true }).catch(() => undefined);
  return left;
}

/** Files on their way to their place, and what is left of them when a run is killed. */
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

const TEMPORARY = /^\.afterglow-\d+-\d+-\d+\.tmp$/;

/** Textures lie two folders below the export folder: source, then family. */
const DEEPEST = 2;

/**
 * A new file's path in a folder, no other's in any process or thread. Short and hidden: a name of 255 bytes could
 * bear no suffix, and discovery passes hidden files over.
 */
export function temporaryPath({ ownProcess }: Platform, folder: string): string {
  return join(folder, `.afterglow-${ownProcess.uniqueName()}.tmp`);
}

/**
 * Removes what killed runs have left half written in an export folder. Nobody else may be writing there.
 * What cannot be removed stays: it is in nobody's way. Links to folders are not followed.
 * @returns their paths
 */
export async function removeTemporaries(platform: Platform, exportFolder: string): Promise<string[]> {
  const left = await temporariesIn(platform, exportFolder, DEEPEST);
  for (const path of left) await platform.files.remove(path).catch(() => undefined);
  return left;
}

async function temporariesIn(platform: Platform, folder: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const { name, kind } of await platform.files.list(folder).catch(() => [])) {
    const path = join(folder, name);
    if (kind === 'folder' && depth > 0) found.push(...(await temporariesIn(platform, path, depth - 1)));
    else if (kind !== 'folder' && TEMPORARY.test(name)) found.push(path);
  }
  return found;
}

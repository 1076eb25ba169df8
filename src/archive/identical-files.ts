/** Files that are the same byte for byte, found without reading the rest of an archive. */
import { closeSync, openSync, readSync } from 'node:fs';
import { bytesHash } from './content-hash.ts';

/** Read in the middle of files of one size, then at both ends, bytes: stems of a song differ there. */
const SAMPLE_LENGTH = 4096;
const MIDDLE = [0.5];
const ENDS = [0, 1];

/** A file that has its like. */
export interface TwinFile<File> {
  readonly file: File;
  readonly sha256: string;
}

/**
 * Groups of identical files, each in the order of the files. Only files of one size are looked into, at three places,
 * and only what agrees there is read through. Empty files, and files that cannot be read, have no like.
 *
 * @param digestOf a file's SHA-256; null where it cannot be read
 */
export async function identicalFiles<File extends { readonly path: string; readonly bytes: number }>(
  files: readonly File[],
  digestOf: (file: File) => Promise<string | null>,
): Promise<TwinFile<File>[][]> {
  const groups: TwinFile<File>[][] = [];
  for (const ofOneSize of groupsBy(files, ({ bytes }) => (bytes > 0 ? String(bytes) : null))) {
    const alikeInside = groupsBy(ofOneSize, (file) => sampleOf(file, MIDDLE));
    for (const alike of alikeInside.flatMap((group) => groupsBy(group, (file) => sampleOf(file, ENDS)))) {
      const twins: TwinFile<File>[] = [];
      for (const file of alike) {
        const sha256 = await digestOf(file);
        if (sha256 !== null) twins.push({ file, sha256 });
      }
      groups.push(...groupsBy(twins, ({ sha256 }) => sha256));
    }
  }
  return groups;
}

/** Those groups that have two members and more; what has no key is in none. */
function groupsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * What stands at places of a file, told as shares of it; null where it cannot be read. At once, not awaited, which takes
 * a tenth of the time.
 */
function sampleOf(
  { path, bytes }: { readonly path: string; readonly bytes: number },
  places: readonly number[],
): string | null {
  const sample = Buffer.alloc(places.length * SAMPLE_LENGTH);
  try {
    const file = openSync(path, 'r');
    try {
      const last = Math.max(0, bytes - SAMPLE_LENGTH);
      places.forEach((place, i) => {
        readSync(file, sample, i * SAMPLE_LENGTH, SAMPLE_LENGTH, Math.round(place * last));
      });
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
  return bytesHash(sample);
}

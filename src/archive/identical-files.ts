/** Files that are the same byte for byte, found without reading the rest of an archive. */
import { groupedBy } from '../groups.ts';
import type { Platform } from '../platform/platform.ts';

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
 * @param knownDigestOf as that, of what need not be read for it; else null
 */
export async function identicalFiles<File extends { readonly path: string; readonly bytes: number }>(
  platform: Platform,
  files: readonly File[],
  digestOf: (file: File) => Promise<string | null>,
  knownDigestOf: (file: File) => Promise<string | null>,
): Promise<TwinFile<File>[][]> {
  const groups: TwinFile<File>[][] = [];
  const sampled = sampler(platform);
  for (const ofOneSize of await groupsBy(files, ({ bytes }) => (bytes > 0 ? String(bytes) : null))) {
    const known = await allKnown(ofOneSize, knownDigestOf);
    if (known !== null) {
      groups.push(...(await groupsBy(known, ({ sha256 }) => sha256)));
      continue;
    }
    for (const alikeInside of await groupsBy(ofOneSize, sampled(MIDDLE))) {
      for (const alike of await groupsBy(alikeInside, sampled(ENDS))) {
        const twins: TwinFile<File>[] = [];
        for (const file of alike) {
          const sha256 = await digestOf(file);
          if (sha256 !== null) twins.push({ file, sha256 });
        }
        groups.push(...(await groupsBy(twins, ({ sha256 }) => sha256)));
      }
    }
  }
  return groups;
}

/** Files with their digests; null where one is not known. */
async function allKnown<File>(
  files: readonly File[],
  knownDigestOf: (file: File) => Promise<string | null>,
): Promise<TwinFile<File>[] | null> {
  const known: TwinFile<File>[] = [];
  for (const file of files) {
    const sha256 = await knownDigestOf(file);
    if (sha256 === null) return null;
    known.push({ file, sha256 });
  }
  return known;
}

/** Those groups that have two members and more; what has no key is in none. Keys are asked for one after the other. */
async function groupsBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null | Promise<string | null>,
): Promise<Item[][]> {
  const keyed: { item: Item; key: string }[] = [];
  for (const item of items) {
    const key = await keyOf(item);
    if (key !== null) keyed.push({ item, key });
  }
  return [...groupedBy(keyed, ({ key }) => key).values()]
    .filter((group) => group.length > 1)
    .map((group) => group.map(({ item }) => item));
}

/**
 * Gives what stands at places of a file, which are given as shares of it; null where it cannot be read. One after the other,
 * all into the same room: of 10,000 files an array each, waiting for the garbage collector, came to 25 MB.
 */
function sampler(platform: Platform) {
  const room = new Uint8Array(Math.max(MIDDLE.length, ENDS.length) * SAMPLE_LENGTH);
  return (places: readonly number[]) =>
    async ({ path, bytes }: { readonly path: string; readonly bytes: number }): Promise<string | null> => {
      const last = Math.max(0, bytes - SAMPLE_LENGTH);
      const starts = places.map((place) => Math.round(place * last));
      const sample = await platform.files
        .readPieces(path, starts, SAMPLE_LENGTH, room.subarray(0, starts.length * SAMPLE_LENGTH))
        .catch(() => null);
      return sample && platform.sha256Of(sample);
    };
}

/** The one disk of the page: memory for what is small, the browser's own disk for the rest, and what somebody brought in its place. */
import { makeFolder } from '../../archive/make-folder.ts';
import { dirname, join } from '../../paths.ts';
import { blobOf, heldBytes, StoredBlob } from '../../platform/browser/blob-bytes.ts';
import type { Decoded } from '../../platform/browser/foreign.ts';
import { mountedFiles } from '../../platform/browser/mounted-files.ts';
import { browserPlatform } from '../../platform/browser/platform.ts';
import { openStore } from '../../platform/browser/session-store.ts';
import type { Held } from '../../platform/browser/shared-files.ts';
import { storedScratch } from '../../platform/browser/stored-scratch.ts';
import { portWorkers } from '../../platform/browser/workers.ts';
import { fileAt, memoryDisk } from '../../platform/memory/disk.ts';
import { memoryFiles } from '../../platform/memory/files.ts';
import type { FileBytes, Platform, Shipped } from '../../platform/platform.ts';
import type { Brought } from './messages.ts';

/** Where everything lies; a batch's input, and its export. */
export const PROJECT = '/afterglow';
export const ARCHIVE = `${PROJECT}/archive`;
export const EXPORT = `${PROJECT}/export`;

export interface Disk {
  readonly platform: Platform;
  /**
   * Puts files into the archive. Another file of a name that is there gets a number behind it; the same file once more stays where
   * it is.
   * @returns the paths of all, seen from the archive
   */
  bring(brought: readonly Brought[]): Promise<readonly string[]>;
}

/**
 * @param ports to the workers that do jobs on it
 * @param shipped files that come with the engine, by path
 * @param decode asks the page what the browser makes of a sound
 */
export async function openDisk(
  ports: readonly MessagePort[],
  shipped: Readonly<Record<string, string>>,
  decode: (file: Blob) => Promise<Decoded | null>,
): Promise<Disk> {
  const mounted = new Map<string, File>();
  const store = await openStore();
  const keep = async (given: FileBytes) => {
    const held = await heldBytes(given);
    return held instanceof StoredBlob ? store(held.blob) : held;
  };
  const disk = memoryDisk();
  const memory = { ...memoryFiles(disk, () => false, keep), scratch: async () => storedScratch(store) };
  const files = mountedFiles(memory, mounted);
  const blob = async (path: string) => mounted.get(path) ?? blobOf(fileAt(disk, path).content);
  const held: Held = { blob, decode: async (path) => decode(await blob(path)) };
  const platform = browserPlatform({
    files,
    id: 1,
    workers: { workers: portWorkers(ports, files, held), count: ports.length },
    shipped: shippedOf(shipped),
    decode: held.decode,
  });
  for (const folder of [ARCHIVE, EXPORT]) await makeFolder(platform, folder);
  return {
    platform,
    async bring(brought) {
      const places: string[] = [];
      for (const { path, file } of brought) {
        const place = placeOf(path, file, mounted);
        await makeFolder(platform, dirname(join(ARCHIVE, place)));
        mounted.set(join(ARCHIVE, place), file);
        places.push(place);
      }
      return places;
    },
  };
}

function shippedOf(files: Readonly<Record<string, string>>): Shipped {
  return {
    list: (folder) =>
      Object.keys(files)
        .filter((path) => dirname(path) === folder)
        .map((path) => path.slice(folder.length + 1))
        .sort(),
    read: async (path) => files[path],
  };
}

/** Where a file may lie in the archive, or lies already. */
function placeOf(path: string, file: File, mounted: ReadonlyMap<string, File>): string {
  const [, stem, ending] = /^(.*?)(\.[^./]*)?$/s.exec(path)!;
  for (let n = 1; ; n++) {
    const place = n === 1 ? path : `${stem} (${n})${ending ?? ''}`;
    const there = mounted.get(join(ARCHIVE, place));
    if (!there || (there.size === file.size && there.lastModified === file.lastModified)) return place;
  }
}

import type { Platform, Stamp } from '../platform/platform.ts';

/** A file's stamp; null where there is none or it cannot be looked at. */
export async function stampOf({ files }: Platform, path: string): Promise<Stamp | null> {
  const stat = await files.stat(path).catch(() => null);
  return stat?.kind === 'file' ? stat.stamp : null;
}

/** The coarsest clock of a common file system: FAT, as on sticks and cards, counts in steps of two seconds. */
const COARSEST_CLOCK_MS = 2000;

/**
 * Whether a stamp can stand for what was read at a time: a file that was changed just before could be changed
 * once more within the same tick of its file system's clock, and keep its stamp (git calls such an entry racy).
 *
 * @param readMs when reading began, ms since 1970
 */
export function isSettled({ changedMs }: Stamp, readMs: number): boolean {
  return Math.abs(readMs - changedMs) > COARSEST_CLOCK_MS;
}

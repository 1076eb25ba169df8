/**
 * The file in which an export folder remembers what was made of what: JSON lines, added to while a run works and
 * rewritten at its end. Without it, or where it is damaged, all is made again, and what somebody changed is not known.
 */
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { appendLines, eachLine, linesInPieces } from './json-lines.ts';
import { writeAtomic } from './write.ts';

export function cachePath(exportFolder: string): string {
  return join(exportFolder, '.afterglow-cache.jsonl');
}

/** Whatever can be read of it, line by line; a line that is torn is left out. */
export async function readCacheLines(
  platform: Platform,
  exportFolder: string,
  take: (entry: unknown) => void,
): Promise<void> {
  await eachLine(platform, cachePath(exportFolder), take).catch(() => undefined);
}

/** Adds lines. Should that fail, the next run makes more than it need; that is all, so nothing is said. */
export async function addCacheLines(
  platform: Platform,
  exportFolder: string,
  entries: readonly object[],
): Promise<void> {
  if (entries.length > 0)
    await appendLines(platform, cachePath(exportFolder), entries).catch(() => undefined);
}

/** @throws NotAllowedError, DiskFullError, FileSystemError */
export async function writeCacheLines(
  platform: Platform,
  exportFolder: string,
  entries: Iterable<object>,
  exportRoot: string | null,
): Promise<void> {
  await writeAtomic(platform, cachePath(exportFolder), linesInPieces(entries), exportRoot);
}

/** @returns whether there was one that is gone now */
export async function removeCache({ files }: Platform, exportFolder: string): Promise<boolean> {
  return files.remove(cachePath(exportFolder)).catch(() => false);
}

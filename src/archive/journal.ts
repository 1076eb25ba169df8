/**
 * The journal: what keeps the manifest true when a run is cut off. One JSON line is appended before a
 * texture's final rename and one after it, by whichever worker writes the texture; the manifest takes
 * them in at the end of the run, or at the start of the next.
 */
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { appendLines, parseLines } from './json-lines.ts';
import { MANIFEST_COLUMNS, type ManifestRow } from './manifest-row.ts';
import { textIfThere } from './text-file.ts';

/** A texture that is about to be in place, with the digest of its bytes. */
interface Promised {
  readonly row: ManifestRow;
  readonly sha256: string;
}

/** What a journal holds, later lines before earlier ones of the same path. */
export interface JournalContents {
  /** Rows of files that are known to be in place. */
  readonly kept: Map<string, ManifestRow>;
  /** Rows of files whose rename is not known to have happened. */
  readonly promised: Map<string, Promised>;
}

export function journalPath(exportFolder: string): string {
  return join(exportFolder, '.manifest-journal.jsonl');
}

/**
 * Notes that the file of this row is about to be in place, and waits until the disk has the note: should the power go after
 * the rename, the file is known by it.
 * @param sha256 of the whole file
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function promiseRow(
  platform: Platform,
  exportFolder: string,
  row: ManifestRow,
  sha256: string,
): Promise<void> {
  await appendLines(platform, journalPath(exportFolder), [{ row, sha256 }], { flush: true });
}

/** Notes that the file promised under this path is in place. @throws as {@link promiseRow} */
export async function keepRow(platform: Platform, exportFolder: string, path: string): Promise<void> {
  await appendLines(platform, journalPath(exportFolder), [{ kept: path }]);
}

/** @returns null where there is no journal @throws as {@link promiseRow} */
export async function readJournal(platform: Platform, exportFolder: string): Promise<JournalContents | null> {
  const text = await textIfThere(platform, journalPath(exportFolder));
  return text === null ? null : fold(text);
}

function fold(text: string): JournalContents {
  const kept = new Map<string, ManifestRow>();
  const promised = new Map<string, Promised>();
  for (const entry of parseLines(text).filter(isEntry)) {
    if ('row' in entry) {
      promised.set(entry.row.path, entry);
    } else {
      const promise = promised.get(entry.kept);
      if (promise) kept.set(entry.kept, promise.row);
      promised.delete(entry.kept);
    }
  }
  return { kept, promised };
}

/** A journal that somebody has edited may hold anything. */
function isEntry(entry: unknown): entry is Promised | { kept: string } {
  const { kept, row, sha256 } = (entry ?? {}) as {
    kept?: unknown;
    row?: Record<string, unknown>;
    sha256?: unknown;
  };
  if (typeof kept === 'string') return true;
  return typeof sha256 === 'string' && MANIFEST_COLUMNS.every((column) => typeof row?.[column] === 'string');
}

/** Folders that hold what this engine made, wherever they lie: exports, kits, selections, instruments, and copies of them. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FolderKind, recordedKind } from './folder-record.ts';
import { begins, tableOf } from './table-head.ts';
import { unrecordedKind } from './unrecorded-folders.ts';

const MANIFEST = tableOf('filename', 'source', 'type', 'duration_sec');
/** What else only an export has. */
const OF_EXPORTS = ['.afterglow-settings.json', '.manifest-journal.jsonl'];

const WHAT: Record<FolderKind, string> = {
  kit: 'a kit of this engine',
  instruments: 'instruments of this engine',
  selection: 'a selection of this engine',
};

/**
 * What a folder is, where this engine made it; null for all others. Looked up at once, not awaited, as planning looks into
 * every folder of an archive.
 */
export function ownFolder(folder: string): string | null {
  const isExport =
    begins(join(folder, 'manifest.csv'), MANIFEST) ||
    OF_EXPORTS.some((file) => existsSync(join(folder, file)));
  if (isExport) return 'an export of this engine';
  const kind = recordedKind(folder) ?? unrecordedKind(folder);
  return kind && WHAT[kind];
}

/** What a folder lies in, or is, that this engine made; null where that is nothing. @param folder absolute */
export function ownFolderAround(folder: string): { readonly path: string; readonly what: string } | null {
  for (let path = folder; ; path = dirname(path)) {
    const what = ownFolder(path);
    if (what !== null) return { path, what };
    if (path === dirname(path)) return null;
  }
}

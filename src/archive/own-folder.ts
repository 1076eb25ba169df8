/** Folders that hold what this engine made, wherever they lie: exports, kits, selections, instruments, and copies of them. */
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { type FolderKind, recordedKind } from './folder-record.ts';
import { begins, tableOf } from './table-head.ts';
import { unrecordedKind } from './unrecorded-folders.ts';

/** How the manifest of an export begins. */
export const EXPORT_HEAD = tableOf('filename', 'source', 'type', 'duration_sec');
/** What else only an export has. */
const OF_EXPORTS = ['.afterglow-settings.json', '.manifest-journal.jsonl'];

/** What this engine makes folders of. */
export type OwnFolderKind = FolderKind | 'export';

/** What a folder is, where this engine made it; null for all others. */
export async function ownFolder(platform: Platform, folder: string): Promise<OwnFolderKind | null> {
  if (await isExport(platform, folder)) return 'export';
  return (await recordedKind(platform, folder)) ?? (await unrecordedKind(platform, folder));
}

async function isExport(platform: Platform, folder: string): Promise<boolean> {
  if (await begins(platform, join(folder, 'manifest.csv'), EXPORT_HEAD)) return true;
  for (const file of OF_EXPORTS) if (await platform.files.exists(join(folder, file))) return true;
  return false;
}

/** What a folder lies in, or is, that this engine made; null where that is nothing. @param folder absolute */
export async function ownFolderAround(
  platform: Platform,
  folder: string,
): Promise<{ readonly path: string; readonly what: OwnFolderKind } | null> {
  for (let path = folder; ; path = dirname(path)) {
    const what = await ownFolder(platform, path);
    if (what !== null) return { path, what };
    if (path === dirname(path)) return null;
  }
}

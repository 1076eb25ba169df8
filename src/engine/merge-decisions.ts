/** What somebody decided on textures that are merged comes along with them. */
import type { ManifestRow } from '../archive/manifest-row.ts';
import { MalformedFileError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { decide } from './decide.ts';
import { type Decision, readDecisions } from './decisions.ts';
import type { ExportLocation } from './export-location.ts';
import type { Notice } from './notice.ts';
import type { ShardFolder } from './shard-folders.ts';
import { isSameRow } from './union.ts';

/**
 * Takes over the decisions on textures that lie in the folder merged into as their shard has them. What is decided there already stays, and of
 * shards that differ the first has the word.
 *
 * @param rows what the folder merged into lists by now
 * @returns how many came along, and which shards' could not be read
 * @throws NotAllowedError, DiskFullError, FileSystemError; MalformedFileError where nobody knows what is decided in the folder merged into
 */
export async function mergeDecisions(
  platform: Platform,
  shards: readonly ShardFolder[],
  location: ExportLocation,
  rows: readonly ManifestRow[],
): Promise<{ readonly count: number; readonly notices: readonly Notice[] }> {
  const decided = await readDecisions(platform, location.exportFolder);
  const listed = new Map(rows.map((row) => [row.path, row]));
  const changes = new Map<string, Decision>();
  const notices: Notice[] = [];
  for (const { folder, rows: ofShard } of shards) {
    const decisions = await readDecisions(platform, folder).catch((error) => {
      if (!(error instanceof MalformedFileError)) throw error;
      notices.push({ code: 'decisions-unreadable', sentence: error.message, during: 'merge' });
      return new Map<string, Decision>();
    });
    for (const [path, decision] of decisions) {
      const [here, there] = [listed.get(path), ofShard.get(path)];
      const isSame = here !== undefined && there !== undefined && isSameRow(here, there);
      if (isSame && !decided.has(path) && !changes.has(path)) changes.set(path, decision);
    }
  }
  if (changes.size > 0) await decide(platform, location, changes);
  return { count: changes.size, notices };
}

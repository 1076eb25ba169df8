/** The folders that are to be merged: looked at, and never written to. */
import { diskError } from '../archive/disk-errors.ts';
import { workerIn } from '../archive/export-lock.ts';
import { listedTable, manifestPath } from '../archive/manifest.ts';
import { faultsInWords } from '../archive/manifest-fault.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { BusyError, ConfigError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type Cache, emptyCache } from './cache.ts';
import { isInside } from './export-clash.ts';
import type { ShardDamaged } from './notice.ts';
import { readCache } from './read-cache.ts';

export interface ShardFolder {
  /** Absolute, all links resolved. */
  readonly folder: string;
  /** What its manifest lists, by path. */
  readonly rows: ReadonlyMap<string, ManifestRow>;
  readonly cache: Cache;
  /** What of its manifest could not be read; null where nothing was. */
  readonly notice: ShardDamaged | null;
}

/**
 * Reads what folders hold, each once however often it is named.
 *
 * @param exportFolder where they are to be merged; absolute
 * @throws ConfigError where one is no export folder, or lies in the other; BusyError while a run works in one;
 *   FileSystemError, NotAllowedError where one cannot be read
 */
export async function readShardFolders(
  platform: Platform,
  folders: readonly string[],
  exportFolder: string,
): Promise<ShardFolder[]> {
  const target = await platform.files.realPath(exportFolder).catch(() => exportFolder);
  const real = await Promise.all(
    folders.map((folder) =>
      platform.files.realPath(folder).catch((cause) => {
        throw diskError(cause, 'read', folder);
      }),
    ),
  );
  const shards: ShardFolder[] = [];
  for (const folder of [...new Set(real)].sort()) {
    if (isInside(folder, target) || isInside(target, folder)) {
      throw new ConfigError(
        `“${folder}” and the folder merged into, “${target}”, must lie apart; name another with --into, or leave it out.`,
      );
    }
    shards.push(await readShardFolder(platform, folder));
  }
  return shards;
}

async function readShardFolder(platform: Platform, folder: string): Promise<ShardFolder> {
  const worker = await workerIn(platform, folder);
  if (worker !== null) {
    throw new BusyError(`A run (process ${worker}) is working in “${folder}”; wait until it is done.`);
  }
  const table = await listedTable(platform, folder);
  const cache = (await readCache(platform, folder)) ?? emptyCache();
  if (table === null && cache.share === null) {
    throw new ConfigError(
      `“${folder}” holds nothing to merge, for there is no manifest.csv; name the export folders of shards.`,
    );
  }
  const { rows = new Map(), faults = [] } = table ?? {};
  const why = faultsInWords(faults);
  const notice: ShardDamaged | null =
    faults.length === 0 ? null : { code: 'shard-damaged', manifest: manifestPath(folder), why };
  return { folder, rows, cache, notice };
}

/** What is wanting to a whole, in plain sentences; none where all shards are there, or none were shards. */
export function gapsOf(caches: readonly Cache[]): string[] {
  const notes = caches.flatMap(({ share }) => share ?? []);
  if (notes.length === 0) return [];
  const wholes = new Set(notes.map(({ whole, count }) => `${whole} ${count}`));
  if (wholes.size > 1) {
    return [
      'the shards are of different plans (other sources, settings, seed, version or count), so sources may be in none of them; run them again alike',
    ];
  }
  const { count } = notes[0];
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter(
    (index) => !notes.some((note) => note.index === index),
  );
  const unfinished = notes.filter(({ isDone }) => !isDone).map(({ index }) => index);
  const gaps: string[] = [];
  if (missing.length > 0) gaps.push(`${named(missing, count)} missing; merge again when all are there`);
  if (unfinished.length > 0) gaps.push(`${named(unfinished, count)} unfinished; run again, then merge again`);
  return gaps;
}

function named(indices: readonly number[], count: number): string {
  const list = [...indices].sort((a, b) => a - b).join(', ');
  return indices.length === 1 ? `shard ${list} of ${count} is` : `shards ${list} of ${count} are`;
}

import type { ManifestRow } from '../archive/manifest-row.ts';
import { isWholeRow } from '../archive/whole-row.ts';
import { ConfigError } from '../errors.ts';
import type { ShardFolder } from './shard-folders.ts';

/** A row, and the folder that its file is taken from. */
export interface UnitedRow {
  readonly row: ManifestRow;
  readonly from: ShardFolder;
}

/**
 * What all shards list, sorted by path.
 * Of a path whose row lost something in one of them, that of the other counts.
 * @throws ConfigError where two of them list a path differently, or hold other bytes there
 */
export function union(shards: readonly ShardFolder[]): UnitedRow[] {
  const united = new Map<string, UnitedRow>();
  for (const from of shards) {
    for (const row of from.rows.values()) {
      // Windows and macOS see no difference between cases.
      const key = row.path.toLowerCase();
      const known = united.get(key);
      if (known === undefined || !isWhole(known.row)) united.set(key, { row, from });
      else if (isWhole(row) && !isSame(known, { row, from }))
        throw clash(row.path, known.from.folder, from.folder, ADVICE);
    }
  }
  return [...united.values()].sort((a, b) => (a.row.path < b.row.path ? -1 : 1));
}

const ADVICE = 'run the one that is out of date again, or leave it out';

/** @throws ConfigError where an export folder lists a path otherwise than the shards do */
export function assertNoClash(
  united: readonly UnitedRow[],
  listed: ReadonlyMap<string, ManifestRow>,
  exportFolder: string,
): void {
  const byKey = new Map([...listed.values()].map((row) => [row.path.toLowerCase(), row]));
  for (const { row, from } of united) {
    const there = byKey.get(row.path.toLowerCase());
    if (there && isWhole(there) && isWhole(row) && !isSameRow(there, row)) {
      throw clash(row.path, from.folder, exportFolder, '--force replaces what is merged into');
    }
  }
}

/** Whether what is listed need not be brought: it is the same, or what would be brought lost something that it has. */
export function holds(listed: ManifestRow, brought: ManifestRow): boolean {
  return isSameRow(listed, brought) || (isWhole(listed) && !isWhole(brought));
}

function isWhole(row: ManifestRow): boolean {
  return isWholeRow(row, new Set([row.type]));
}

export function isSameRow(a: ManifestRow, b: ManifestRow): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isSame(a: UnitedRow, b: UnitedRow): boolean {
  const [first, second] = [a, b].map(({ row, from }) => from.cache.textures.get(row.path)?.sha256);
  const isSameBytes = first === undefined || second === undefined || first === second;
  return isSameBytes && isSameRow(a.row, b.row);
}

function clash(path: string, one: string, other: string, advice: string): ConfigError {
  return new ConfigError(
    `“${path}” is not the same in “${one}” and “${other}”, since they were made of other sources or with other settings, seeds or versions; ${advice}.`,
    { context: { path, one, other } },
  );
}

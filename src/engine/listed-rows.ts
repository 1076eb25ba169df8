/** What a manifest lists, and what of that lost nothing. */
import type { ManifestFault } from '../archive/manifest-fault.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { isWholeRow } from '../archive/whole-row.ts';
import type { Families } from '../config/settings.ts';

/** Paths of a manifest. */
export interface ListedRows {
  readonly listed: ReadonlySet<string>;
  /** Of rows that lost nothing: what others lost comes back where their textures are made again. */
  readonly whole: ReadonlySet<string>;
}

/** @param faults what could not be read of them just now */
export function partedRows(
  rows: Iterable<ManifestRow>,
  faults: readonly ManifestFault[],
  families: Families,
): ListedRows {
  const damaged = new Set(faults.map(({ path }) => path));
  const types = new Set<string>(families.map(({ id }) => id));
  const listed = new Set<string>();
  const whole = new Set<string>();
  for (const row of rows) {
    listed.add(row.path);
    if (!damaged.has(row.path) && isWholeRow(row, types)) whole.add(row.path);
  }
  return { listed, whole };
}

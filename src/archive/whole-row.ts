/** Whether a manifest's row still says what every row says. */
import type { ManifestColumn, ManifestRow } from './manifest-row.ts';

/** What is written for every texture, whatever it was made of and by which settings: where one is empty, the row has lost it. */
const ALWAYS_SAID: readonly ManifestColumn[] = [
  'source',
  'type',
  'duration_sec',
  'rms_db',
  'peak',
  'crest_factor',
  'centroid_hz',
  'grade',
  'channels',
  'sample_rate',
  'bit_depth',
  'true_peak_dbtp',
  'dc_offset',
  'seed',
  'engine_version',
  'making',
  'making_index',
  'settings',
];

/**
 * Whatever run finds it, and however long ago it was lost: cells that could not be read are emptied once the manifest is settled.
 * @param types those that a row may be of
 */
export function isWholeRow(row: ManifestRow, types: ReadonlySet<string>): boolean {
  return types.has(row.type) && ALWAYS_SAID.every((column) => row[column] !== '');
}

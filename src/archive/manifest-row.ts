/**
 * The manifest's columns and how their values are printed. The first fifteen carry the names of the
 * Python program's manifest; the rest are ours. An empty cell means unknown.
 */

/** Digits after the point; `text` is printed as it stands. */
type Precision = number | 'text';

const COLUMNS = {
  filename: 'text',
  source: 'text',
  type: 'text',
  duration_sec: 6,
  rms_db: 2,
  peak: 6,
  crest_factor: 3,
  centroid_hz: 1,
  est_freq_hz: 2,
  loop_error_db: 2,
  brightness: 'text',
  detected_key: 'text',
  detected_bpm: 2,
  grade: 'text',
  saved: 'text',
  path: 'text',
  source_path: 'text',
  source_start_sec: 6,
  source_end_sec: 6,
  part: 'text',
  channels: 0,
  sample_rate: 0,
  bit_depth: 0,
  lufs: 2,
  true_peak_dbtp: 2,
  dc_offset: 7,
  loop_start: 0,
  loop_end: 0,
  seam_step: 3,
  seam_level_db: 2,
  seam_flux: 3,
  landmark_times: 2,
  landmark_db: 2,
  swell_db: 2,
  pulse_hz: 3,
  pulse_error_ms: 1,
  root_note: 'text',
  root_cents: 1,
  root_confidence: 3,
  key_confidence: 3,
  bpm_confidence: 3,
  stability: 3,
  source_distance: 3,
  grade_reasons: 'text',
  variant: 'text',
  kind: 'text',
  kind_confidence: 3,
  seed: 'text',
  engine_version: 'text',
  making: 'text',
  making_index: 0,
  settings: 'text',
  source_sha256: 'text',
  made_of: 'text',
  source_kind: 'text',
  source_kind_confidence: 3,
  source_kind_reason: 'text',
} as const satisfies Record<string, Precision>;

export type ManifestColumn = keyof typeof COLUMNS;

/** Digits after the point by column. */
export const COLUMN_PRECISION: Readonly<Record<ManifestColumn, Precision>> = COLUMNS;

/** Between paths in one cell; no path that the engine gives holds a bar. */
export const PATH_SEPARATOR = ' | ';

/** The columns in the order in which they stand in the file. */
export const MANIFEST_COLUMNS = Object.keys(COLUMNS) as ManifestColumn[];

/** One texture's row, as printed. `path` is its key: relative to the export folder, with slashes. */
export type ManifestRow = Readonly<Record<ManifestColumn, string>>;

/** What a row is printed from; what is left out, null or not finite is unknown. */
export type ManifestValues = Partial<Record<ManifestColumn, string | number | boolean | null>> & {
  readonly path: string;
};

/** Prints the values with each column's fixed precision, so that equal figures give equal bytes. */
export function manifestRow(values: ManifestValues): ManifestRow {
  const row: Partial<Record<ManifestColumn, string>> = {};
  for (const column of MANIFEST_COLUMNS) row[column] = print(values[column], COLUMNS[column]);
  return row as ManifestRow;
}

function print(value: ManifestValues[ManifestColumn], precision: Precision): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'number' || precision === 'text') return String(value);
  if (!Number.isFinite(value)) return '';
  const printed = value.toFixed(precision);
  return Number(printed) === 0 ? (0).toFixed(precision) : printed;
}

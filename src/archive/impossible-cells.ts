/** What no cell of a manifest can say, whoever wrote it. */
import { noteNumber } from '../curation/note-names.ts';
import { numberIn } from '../curation/row-facts.ts';
import { parseKeyName } from '../settings/key-name.ts';
import type { ManifestColumn, ManifestRow } from './manifest-row.ts';

/** A root lies no further from its note, cents. */
const MOST_CENTS = 50;
const [LEAST_RATE, MOST_RATE] = [1000, 768_000];

const isAbove = (least: number) => (cell: string) => (numberIn(cell) ?? Number.NaN) > least;
const isPositive = isAbove(0);
const isCount = (cell: string) => (numberIn(cell) ?? Number.NaN) >= 0;
const isShare = (cell: string) => isCount(cell) && Number(cell) <= 1;

/** What a cell may say; a column that is left out may say any number, or any text. An empty cell is unknown, and always may be. */
const POSSIBLE: Partial<Record<ManifestColumn, (cell: string) => boolean>> = {
  duration_sec: isPositive,
  peak: isCount,
  crest_factor: isCount,
  centroid_hz: isCount,
  est_freq_hz: isCount,
  detected_key: (cell) => parseKeyName(cell) !== null,
  detected_bpm: isPositive,
  grade: (cell) => cell === 'A' || cell === 'B' || cell === 'F',
  source_start_sec: isCount,
  source_end_sec: isCount,
  channels: (cell) => cell === '1' || cell === '2',
  sample_rate: (cell) => (numberIn(cell) ?? 0) >= LEAST_RATE && Number(cell) <= MOST_RATE,
  bit_depth: isPositive,
  loop_start: isCount,
  loop_end: isCount,
  pulse_hz: isCount,
  root_note: (cell) => noteNumber(cell) !== null,
  root_cents: (cell) => Math.abs(numberIn(cell) ?? Infinity) <= MOST_CENTS,
  root_confidence: isShare,
  key_confidence: isShare,
  bpm_confidence: isShare,
  kind_confidence: isShare,
  making_index: isCount,
  source_kind_confidence: isShare,
};
const COLUMNS = Object.keys(POSSIBLE) as ManifestColumn[];

/** The columns of a row that say what cannot be. */
export function impossibleColumns(row: ManifestRow): ManifestColumn[] {
  return COLUMNS.filter((column) => row[column] !== '' && !POSSIBLE[column]!(row[column]));
}

/** A row as if nothing were said in these columns; of a root, note and cents are one. */
export function withoutCells(row: ManifestRow, columns: readonly ManifestColumn[]): ManifestRow {
  if (columns.length === 0) return row;
  const blank = columns.includes('root_cents') ? [...columns, 'root_note' as const] : columns;
  return { ...row, ...Object.fromEntries(blank.map((column) => [column, ''])) };
}

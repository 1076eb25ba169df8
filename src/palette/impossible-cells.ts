import type { ManifestColumn, ManifestRow } from '../archive/manifest-row.ts';
import { noteNumber } from '../curation/note-names.ts';
import { numberIn } from '../curation/row-facts.ts';
import { parseKeyName } from '../settings/key-name.ts';

/** A root lies no further from its note, cents. */
const MOST_CENTS = 50;
const [LEAST_RATE, MOST_RATE] = [1000, 768_000];

/** What a manifest's cell may say; a column that is left out may say anything. An empty cell is unknown, and always may be. */
const POSSIBLE: Partial<Record<ManifestColumn, (cell: string) => boolean>> = {
  root_note: (cell) => noteNumber(cell) !== null,
  root_cents: (cell) => Math.abs(numberIn(cell) ?? Infinity) <= MOST_CENTS,
  detected_key: (cell) => parseKeyName(cell) !== null,
  channels: (cell) => cell === '1' || cell === '2',
  sample_rate: (cell) => (numberIn(cell) ?? 0) >= LEAST_RATE && Number(cell) <= MOST_RATE,
};

/** A figure that somebody put into a manifest and that no texture has. */
export interface ImpossibleCell {
  readonly path: string;
  readonly column: ManifestColumn;
  readonly cell: string;
}

/** The cells of a row that cannot be. */
export function impossibleCells(row: ManifestRow): ImpossibleCell[] {
  return (Object.keys(POSSIBLE) as ManifestColumn[])
    .filter((column) => row[column] !== '' && !POSSIBLE[column]!(row[column]))
    .map((column) => ({ path: row.path, column, cell: row[column] }));
}

/** A row as if nothing were said where what is said cannot be; of a root, note and cents are one. */
export function withoutImpossible(row: ManifestRow): ManifestRow {
  const columns = impossibleCells(row).map(({ column }) => column);
  const blank = columns.includes('root_cents') ? [...columns, 'root_note' as const] : columns;
  return { ...row, ...Object.fromEntries(blank.map((column) => [column, ''])) };
}

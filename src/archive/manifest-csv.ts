/**
 * Manifest rows ↔ CSV text (RFC 4180: CRLF, quotes doubled). Pure text; `manifest.ts` knows the disk.
 */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { MANIFEST_COLUMNS, type ManifestColumn, type ManifestRow } from './manifest-row.ts';

/** The table as text, sorted by path so that the order of work leaves no trace. */
export function manifestToCsv(rows: Iterable<ManifestRow>): string {
  const sorted = [...rows].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const records = sorted.map((row) => MANIFEST_COLUMNS.map((column) => guardFormula(row[column])));
  return stringify([[...MANIFEST_COLUMNS], ...records], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });
}

/**
 * The rows of a manifest's text. Columns that an older version did not write are empty.
 * @throws Error, with one plain sentence, when the text is torn or is no manifest of this engine
 */
export function manifestFromCsv(text: string): ManifestRow[] {
  const [header, ...records] = parse(text, { bom: true, record_delimiter: ['\r\n', '\n'] });
  const columns = header ?? [];
  const foreign = columns.find((column) => !MANIFEST_COLUMNS.includes(column as ManifestColumn));
  if (foreign !== undefined || !columns.includes('path')) {
    throw new Error(
      foreign === undefined ? 'it has no column "path"' : `its column "${foreign}" is not one of ours`,
    );
  }
  return records.map((record) => rowOf(columns as ManifestColumn[], record));
}

function rowOf(columns: readonly ManifestColumn[], record: readonly string[]): ManifestRow {
  const row = Object.fromEntries(MANIFEST_COLUMNS.map((column) => [column, ''])) as Record<
    ManifestColumn,
    string
  >;
  columns.forEach((column, i) => {
    row[column] = unguardFormula(record[i]);
  });
  return row;
}

/** A spreadsheet runs a cell that starts so as a formula (OWASP, CSV Injection); numbers are harmless. */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula. */
export function guardFormula(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function unguardFormula(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

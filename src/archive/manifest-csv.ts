/**
 * Manifest rows ↔ CSV text (RFC 4180: CRLF, quotes doubled). Pure text; `manifest.ts` knows the disk.
 */
import { BrokenCsv, csvText, parseCsv } from './csv.ts';
import { cellRestorer, isColumn, isManifestHeader, restoredSource } from './manifest-cells.ts';
import { MANIFEST_COLUMNS, type ManifestColumn, type ManifestRow } from './manifest-row.ts';

/** The table as text, sorted by path so that the order of work leaves no trace. */
export function manifestToCsv(rows: Iterable<ManifestRow>): string {
  const sorted = [...rows].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const records = sorted.map((row) => MANIFEST_COLUMNS.map((column) => guardFormula(row[column])));
  return csvText([MANIFEST_COLUMNS, ...records]);
}

/** A manifest of ours whose cells were altered so that they cannot be taken back. The message is what is wrong, in words. */
export class SpoiltManifest extends Error {}

/** Where a spreadsheet puts cells apart, by its language and format. */
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The rows of a manifest's text, also as a spreadsheet saved it: with semicolons or tabs, decimal commas, numbers written
 * otherwise, empty columns and rows behind the table. Columns that an older version did not write are empty.
 *
 * @throws SpoiltManifest where it is one of this engine and has lost something
 * @throws Error, with one plain sentence, when it is no manifest of this engine
 */
export function manifestFromCsv(text: string): ManifestRow[] {
  const table = text.replace(/^\ufeff?sep=.\r?\n/, '');
  const [firstLine] = table.split(/[\r\n]/, 1);
  const delimiter = DELIMITERS.find((each) => isManifestHeader(headerOf(firstLine, each)));
  if (delimiter === undefined) throw new Error('it has no column "path"');
  const [header, ...records] = recordsOf(table, delimiter);
  const columns = withoutEmptyEnd(header);
  const foreign = columns.find((column) => !isColumn(column));
  if (foreign !== undefined)
    throw new SpoiltManifest(`its column "${foreign}" is not one of ours; remove it`);
  const isCutOff = records.length > 0 && records[records.length - 1].length < columns.length;
  if (isCutOff && !/[\r\n]$/.test(table)) throw new SpoiltManifest('it ends in the middle of a row');
  const restore = cellRestorer();
  return records.flatMap((record, i) =>
    record.every((cell) => cell === '') ? [] : [rowOf(columns as ManifestColumn[], record, restore, i + 2)],
  );
}

function headerOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.replace(/^\ufeff?"?|"$/g, ''));
}

/** Rows may be shorter than the header: Excel leaves out empty cells at their ends, sixteen rows at a time. */
function recordsOf(text: string, delimiter: (typeof DELIMITERS)[number]): string[][] {
  try {
    return parseCsv(text, delimiter);
  } catch (error) {
    if (error instanceof BrokenCsv) throw new SpoiltManifest(error.message);
    throw error;
  }
}

function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

function rowOf(
  columns: readonly ManifestColumn[],
  record: readonly string[],
  restore: ReturnType<typeof cellRestorer>,
  line: number,
): ManifestRow {
  if (record.slice(columns.length).some((cell) => cell !== '')) {
    throw new SpoiltManifest(`row ${line} has more cells than there are columns`);
  }
  const row = Object.fromEntries(MANIFEST_COLUMNS.map((column) => [column, ''])) as Record<
    ManifestColumn,
    string
  >;
  columns.forEach((column, i) => {
    const cell = unguardFormula(record[i] ?? '');
    const restored = restore(column, cell);
    if (restored === null) throw new SpoiltManifest(`in row ${line}, ${column} is "${cell}"`);
    row[column] = restored;
  });
  row.source = restoredSource(row.source, row.path);
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

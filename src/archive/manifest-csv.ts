/**
 * Manifest rows ↔ CSV text (RFC 4180: CRLF, quotes doubled). Pure text; `manifest.ts` knows the disk.
 */
import { csvText, parseCsv } from './csv.ts';
import { impossibleColumns, withoutCells } from './impossible-cells.ts';
import { cellRestorer, isColumn, isManifestHeader, restoredSource } from './manifest-cells.ts';
import { type ManifestFault, tableFault } from './manifest-fault.ts';
import { MANIFEST_COLUMNS, type ManifestColumn, type ManifestRow } from './manifest-row.ts';

/** The table as text, sorted by path so that the order of work leaves no trace. */
export function manifestToCsv(rows: Iterable<ManifestRow>): string {
  const sorted = [...rows].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const records = sorted.map((row) => MANIFEST_COLUMNS.map((column) => guardFormula(row[column])));
  return csvText([MANIFEST_COLUMNS, ...records]);
}

/** What was read of a manifest. */
export interface ManifestTable {
  readonly rows: readonly ManifestRow[];
  /** What could not be; none where the table is as it was written, or can be taken back to that. */
  readonly faults: readonly ManifestFault[];
}

/** Where a spreadsheet puts cells apart, by its language and format. */
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * All that can be read of a manifest's text, also as a spreadsheet saved it: with semicolons or tabs, decimal commas, numbers written
 * otherwise, empty columns and rows behind the table. Columns that an older version did not write are empty, and so are
 * cells that have lost what they said, or say what cannot be. A row that is cut off or out of step with its columns is left out.
 */
export function manifestFromCsv(text: string): ManifestTable {
  const table = text.replace(/^\ufeff?sep=.\r?\n/, '');
  const [firstLine] = table.split(/[\r\n]/, 1);
  const delimiter = DELIMITERS.find((each) => isManifestHeader(headerOf(firstLine, each)));
  if (delimiter === undefined) return { rows: [], faults: [tableFault('it has no column "path"')] };
  const faults: ManifestFault[] = [];
  const [header, ...records] = parseCsv(table, delimiter, ({ message }) => faults.push(tableFault(message)));
  const columns = withoutEmptyEnd(header);
  for (const column of columns)
    if (!isColumn(column)) faults.push(tableFault(`its column "${column}" is not one of ours`));
  if (records.length > 0 && records[records.length - 1].length < columns.length && !/[\r\n]$/.test(table)) {
    records.pop();
    faults.push(rowFault(records.length + 2, 'the table ends in the middle of it'));
  }
  const restore = cellRestorer();
  const rows = records.flatMap((record, i) => {
    if (record.every((cell) => cell === '')) return [];
    const read = rowOf(columns, record, restore, i + 2);
    faults.push(...read.faults);
    return read.row === null ? [] : [read.row];
  });
  return { rows, faults };
}

function headerOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.replace(/^\ufeff?"?|"$/g, ''));
}

function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

function rowFault(row: number, what: string): ManifestFault {
  return { row, path: '', column: null, cell: '', what };
}

/** Rows may be shorter than the header: Excel leaves out empty cells at their ends, sixteen rows at a time. */
function rowOf(
  columns: readonly string[],
  record: readonly string[],
  restore: ReturnType<typeof cellRestorer>,
  line: number,
): { readonly row: ManifestRow | null; readonly faults: readonly ManifestFault[] } {
  const leftOut = (what: string) => ({ row: null, faults: [rowFault(line, what)] });
  if (record.slice(columns.length).some((cell) => cell !== ''))
    return leftOut('it has more cells than there are columns');
  const said = Object.fromEntries(MANIFEST_COLUMNS.map((column) => [column, ''])) as Record<
    ManifestColumn,
    string
  >;
  const lost: ManifestColumn[] = [];
  columns.forEach((column, i) => {
    if (!isColumn(column)) return;
    said[column] = unguardFormula(record[i] ?? '');
  });
  if (said.path === '') return leftOut('it names no texture, for its path is empty');
  const row = { ...said };
  for (const column of MANIFEST_COLUMNS) {
    const restored = restore(column, said[column]);
    if (restored === null) lost.push(column);
    row[column] = restored ?? '';
  }
  row.source = restoredSource(row.source, row.path);
  const unknown = [...lost, ...impossibleColumns(row)];
  const faults = unknown.map((column) => {
    const cell = said[column];
    return { row: line, path: row.path, column, cell, what: `${column} is "${cell}"` };
  });
  return { row: withoutCells(row, unknown), faults };
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

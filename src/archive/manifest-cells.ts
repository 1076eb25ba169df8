/**
 * Cells of a manifest that a spreadsheet saved, as the engine printed them. Spreadsheets read `1.50` as a number and
 * write `1.5`, `1,5` or `1.5E+00`, `true` as TRUE or WAHR, and some write long digits with fewer of them. What can be
 * taken back is; what has lost something is not guessed.
 */
import { COLUMN_PRECISION, MANIFEST_COLUMNS, type ManifestColumn } from './manifest-row.ts';

/** Columns of text whose every cell has one form: of the others nobody can tell whether they were altered. */
const FORMS: Partial<Record<ManifestColumn, RegExp>> = {
  seed: /^\d+$/,
  // 01.01.2000 is what a spreadsheet may see in 1.1.0.
  engine_version: /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-\S+)?$/,
  settings: /^[0-9a-f]{16}$/,
  source_sha256: /^[0-9a-f]{64}$/,
};

/** As printed, to each number of digits after the point. */
const PRINTED = new Map(
  [...new Set(Object.values(COLUMN_PRECISION))]
    .filter((precision) => precision !== 'text')
    .map((precision) => [precision, new RegExp(`^-?\\d+${precision === 0 ? '' : `\\.\\d{${precision}}`}$`)]),
);

/** A number as spreadsheets write it, without separators between thousands. */
const WRITTEN = /^[+-]?\d+(?:([.,])\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Takes back what a spreadsheet did to the cells of one file.
 * @returns restores a cell; null where it has lost what it said
 */
export function cellRestorer(): (column: ManifestColumn, cell: string) => string | null {
  // One program writes all its numbers with one sign: a file with both has thousands in it, or was edited.
  let decimal: string | null = null;
  return (column, cell) => {
    if (cell === '') return cell;
    const precision = COLUMN_PRECISION[column];
    if (precision === 'text') return restoredText(column, cell);
    const [isNumber, sign] = WRITTEN.exec(cell) ?? [null];
    if (isNumber === null) return null;
    if (sign !== undefined) {
      decimal ??= sign;
      if (sign !== decimal || (sign === ',' && precision === 0)) return null;
    }
    return PRINTED.get(precision)!.test(cell) ? cell : reprinted(Number(cell.replace(',', '.')), precision);
  };
}

/** Null where there are digits that this column never has, or too few to tell the rest. */
function reprinted(value: number, precision: number): string | null {
  const printed = value.toFixed(precision);
  return Math.abs(Number(printed) - value) <= Math.abs(value) * 1e-12 ? printed : null;
}

function restoredText(column: ManifestColumn, cell: string): string | null {
  // A row is only ever written of what was saved; the word is that of the spreadsheet's language.
  if (column === 'saved') return 'true';
  return FORMS[column]?.test(cell) === false ? null : cell;
}

/**
 * The name of a source that is a number alone (`01`), which a spreadsheet writes as another (`1`): the texture lies in a folder of
 * that name.
 */
export function restoredSource(source: string, path: string): string {
  const [folder] = path.split('/', 1);
  const isNumber = WRITTEN.test(source) && WRITTEN.test(folder);
  return isNumber && Number(source.replace(',', '.')) === Number(folder) ? folder : source;
}

/** Whether these are the columns of a manifest, of this version or an older one. */
export function isManifestHeader(columns: readonly string[]): boolean {
  return columns.includes('path') && columns.some((column) => column !== 'path' && isColumn(column));
}

export function isColumn(name: string): name is ManifestColumn {
  return MANIFEST_COLUMNS.includes(name as ManifestColumn);
}

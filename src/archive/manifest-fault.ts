/** What could not be read of a manifest, in words, as what is odd about a sound's file is. */
import type { ManifestColumn } from './manifest-row.ts';

/** What of a manifest could not be taken as it stands. */
export interface ManifestFault {
  /** As a spreadsheet counts them, the header being 1; null where it is of the whole table, or the row's number is not known. */
  readonly row: number | null;
  /** Of the row's texture; empty where that is not known. */
  readonly path: string;
  /** Whose cell is taken as unknown; null where the whole row is left out, or it is of the table. */
  readonly column: ManifestColumn | null;
  /** What stands there. */
  readonly cell: string;
  /** What is wrong, as part of a sentence that may begin with the row. */
  readonly what: string;
}

/** A fault of the table as a whole. */
export function tableFault(what: string): ManifestFault {
  return { row: null, path: '', column: null, cell: '', what };
}

/** Of faults that are named one by one: whoever damages a column damages it in every row. */
const MOST_NAMED = 3;

/** What could not be read, as part of a sentence: the first few, and how many more there are. */
export function faultsInWords(faults: readonly ManifestFault[]): string {
  const named = faults.slice(0, MOST_NAMED).map(faultInWords);
  const rest = faults.length - named.length;
  return `${named.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`;
}

/** Each fault in a sentence, the first few, and the others as a number, for whoever reads a manifest and leaves it as it is. */
export function faultSentences(faults: readonly ManifestFault[]): string[] {
  const named = faults
    .slice(0, MOST_NAMED)
    .map((fault) => `manifest.csv: ${faultInWords(fault)}${followsFrom(fault)}`);
  const rest = faults.length - named.length;
  return rest === 0 ? named : [...named, `manifest.csv: ${rest} more such faults`];
}

function faultInWords({ row, path, what }: ManifestFault): string {
  const of = path === '' ? '' : ` (${path})`;
  return row === null ? `${what}${of}` : `in row ${row}${of}, ${what}`;
}

function followsFrom({ row, path, column }: ManifestFault): string {
  if (column !== null)
    return ', which cannot be and is taken as unknown; run what made it once more to have it back';
  if (row === null && path === '') return '; what else it says is used';
  return ', and is left out; run what made it once more to have it back';
}

/** Figures in a row of the manifest that somebody edited: they record what came out, and a texture made again does not follow them. */
import { COLUMN_PRECISION, type ManifestRow } from '../archive/manifest-row.ts';

/** Figures that somebody may edit to have a texture otherwise. */
const FIGURES = ['duration_sec', 'sample_rate', 'bit_depth', 'channels'] as const;

export type EditedColumn = (typeof FIGURES)[number];

/**
 * The figures of a file that its row states otherwise. An empty cell states nothing; spreadsheets write numbers anew, with more digits or a
 * comma.
 * @param stated the row as it stands
 * @param made the row of the same file, made again byte for byte
 */
export function editedColumns(stated: ManifestRow, made: ManifestRow): EditedColumn[] {
  return FIGURES.filter(
    (column) => stated[column] !== '' && asPrinted(stated[column], column) !== made[column],
  );
}

function asPrinted(cell: string, column: EditedColumn): string {
  return Number(cell.replace(',', '.')).toFixed(Number(COLUMN_PRECISION[column]));
}

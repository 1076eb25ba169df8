/** The rows of a report: what its page receives of textures beside pictures and sounds. */
import { MANIFEST_COLUMNS } from '../archive/manifest-row.ts';
import { basename, dirname, relative } from '../paths.ts';
import { type ShownFamily, shownFamilies } from '../report/families.ts';
import { packColumns } from '../report/page/columns.ts';
import type { PackedShape, PackedSheet } from '../report/page/contract.ts';
import { sheetText } from '../report/page.ts';
import { readable } from '../report/title.ts';
import type { Palette } from './palette.ts';
import type { Worth } from './worth.ts';

/** A file's name is the end of its path. */
const COLUMNS = MANIFEST_COLUMNS.filter((column) => column !== 'filename');

/** A texture with what is known of its sound in the page; 0 where it carries none. */
export interface SheetRow extends Worth {
  readonly shape: PackedShape | 0;
}

/**
 * @param path of the page
 * @param rows in any order; the sheet has them by path
 */
export function packedSheet(
  { exportFolder }: Pick<Palette, 'exportFolder'>,
  path: string,
  rows: readonly SheetRow[],
  unlisted: number,
  families: readonly ShownFamily[] = shownFamilies(),
): PackedSheet {
  return {
    title: readable(basename(exportFolder)),
    unlisted,
    base: hrefOf(exportFolder, path),
    families,
    columns: COLUMNS,
    figures: packColumns(rows.map(({ texture }) => COLUMNS.map((column) => texture.row[column]))),
    ranks: rows.map(({ rank }) => rank ?? 0),
    qualities: rows.map(({ quality }) => Math.round(1000 * quality)),
    previews: rows.map(({ shape }) => shape),
  };
}

/**
 * How many of the textures, the most worth having first, have room for their rows.
 * @param bytes of their rows in the page at most
 */
export function rowsWithin(
  palette: Palette,
  path: string,
  worths: readonly Worth[],
  bytes: number,
  families: readonly ShownFamily[] = shownFamilies(),
): number {
  let count = worths.length;
  for (;;) {
    const size = sheetBytes(
      packedSheet(palette, path, inOrder(worths.slice(0, count)), worths.length - count, families),
    );
    if (size <= bytes || count === 0) return count;
    // Rows differ in length, so a hundredth is left for luck.
    count = Math.floor((0.99 * count * bytes) / size);
  }
}

/** Bytes of a sheet in the page. */
export function sheetBytes(sheet: PackedSheet): number {
  return new TextEncoder().encode(sheetText(sheet)).length;
}

/** By path, so that what is of one source stands together; without sounds. */
function inOrder(worths: readonly Worth[]): SheetRow[] {
  return sortedByPath(worths.map((worth) => ({ ...worth, shape: 0 })));
}

export function sortedByPath<Row extends Worth>(rows: readonly Row[]): Row[] {
  const path = ({ texture }: Row) => texture.path;
  return [...rows].sort((a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0));
}

/** A folder seen from a page, as links write it; `./` keeps a colon in a name from looking like a scheme. */
function hrefOf(folder: string, page: string): string {
  const steps = relative(dirname(page), folder).split('/').filter(Boolean);
  return ['.', ...steps.map(encodeURIComponent), ''].join('/');
}

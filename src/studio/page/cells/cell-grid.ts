/** How cells lie: as many beside each other as the width takes. */
import type { CellPlace } from './cell.ts';

/** CSS pixels: what a cell is at least wide, so that two stand beside each other on a phone. */
const NARROWEST = 152;
const GAP = 8;
const PADDING = 14;
const ABOVE = 4;
/** The style says the same. */
const CELL_HEIGHT = 148;
/** Rows that exist beyond what is seen, above and below. */
const BEYOND = 1;

export interface CellGrid {
  readonly columns: number;
  readonly cellWidth: number;
  readonly rowHeight: number;
}

/** @param width of all, CSS pixels */
export function cellGrid(width: number): CellGrid {
  const room = Math.max(NARROWEST, width - 2 * PADDING);
  const columns = Math.max(1, Math.floor((room + GAP) / (NARROWEST + GAP)));
  return { columns, cellWidth: (room + GAP) / columns - GAP, rowHeight: CELL_HEIGHT + GAP };
}

/** @param place from 0, row by row */
export function placeIn({ columns, cellWidth, rowHeight }: CellGrid, place: number): CellPlace {
  const left = PADDING + (place % columns) * (cellWidth + GAP);
  return { place, left, top: ABOVE + Math.floor(place / columns) * rowHeight, width: cellWidth };
}

/** The rows that are to exist: from the first up to the end, which is none of them. */
export function rowsInView({ rowHeight }: CellGrid, top: number, height: number) {
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  return { first, end: Math.ceil((top + height) / rowHeight) + BEYOND };
}

/** The cells that exist: those in view, each showing one texture after another. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { MarkedIds } from '../state/marked-ids.ts';
import { type Cell, type CellsContent, createCell } from './cell.ts';
import { type CellGrid, placeIn, rowsInView } from './cell-grid.ts';

/** Shows in the pool what is in view of the box; the pool grows to what that takes. */
export function drawCells(
  box: HTMLElement,
  pool: Cell[],
  grid: CellGrid,
  content: CellsContent,
  marks: MarkedIds,
  onChoose: (texture: Texture) => void,
): void {
  const { shown } = content;
  const rows = rowsInView(grid, box.scrollTop, box.clientHeight);
  const first = rows.first * grid.columns;
  const end = Math.min(shown.length, rows.end * grid.columns);
  while (pool.length < end - first) pool.push(addCell(onChoose));
  // A cell keeps its place in the pool, so that a scroll by a row changes a row.
  for (const [index, cell] of pool.entries()) {
    const place = first + ((index - (first % pool.length) + pool.length) % pool.length);
    cell.show(place < end ? shown[place] : null, placeIn(grid, place), content, marks);
  }
}

function addCell(onChoose: (texture: Texture) => void): Cell {
  const cell = createCell();
  cell.box.addEventListener('click', () => {
    const texture = cell.texture();
    if (texture) onChoose(texture);
  });
  byId('cells-all').append(cell.box);
  return cell;
}

/** Scrolls as little as need be; nothing where the place is none. */
export function reveal(box: HTMLElement, grid: CellGrid, place: number): void {
  if (place < 0) return;
  const { top } = placeIn(grid, place);
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + grid.rowHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + grid.rowHeight - box.clientHeight;
  }
}

/** Only where the pointer moves: cells that scroll under it are not pointed at. */
export function reportHover(
  box: HTMLElement,
  pool: readonly Cell[],
  onHover: (texture: Texture | null) => void,
): void {
  let hovered: Texture | null = null;
  box.addEventListener('pointermove', ({ target, movementX, movementY }) => {
    const cell = pool.find((one) => one.box.contains(target as Node));
    if ((movementX === 0 && movementY === 0) || !cell || cell.texture() === hovered) return;
    hovered = cell.texture();
    onHover(hovered);
  });
  box.addEventListener('pointerleave', () => {
    hovered = null;
    onHover(null);
  });
}

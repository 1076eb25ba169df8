/** The palette as a sheet of cells, waveform and spectrum at a glance: of thousands, those in view exist. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { Direction } from '../map/map-grid.ts';
import { type MarkedIds, NOTHING_MARKED } from '../state/marked-ids.ts';
import { oncePerFrame } from '../state/once-per-frame.ts';
import type { Cell, CellsContent } from './cell.ts';
import { type CellGrid, cellGrid } from './cell-grid.ts';
import { createCellPictures } from './cell-pictures.ts';
import { drawCells, reportHover, reveal } from './cell-pool.ts';

export interface CellsView {
  show(content: CellsContent): void;
  /** @param isFocused the cell takes the focus, too */
  select(id: string | null, isFocused: boolean): void;
  mark(changes: Partial<MarkedIds>): void;
  /** How many places further the cell in a direction is; less than 0 for one before. */
  placesTo(direction: Direction): number;
  /** The colours are others. */
  repaint(): void;
}

interface CellsHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
}

export function createCellsView(handlers: CellsHandlers): CellsView {
  const box = byId('cells');
  const pool: Cell[] = [];
  let content: CellsContent | null = null;
  let marks: MarkedIds = NOTHING_MARKED;
  let grid: CellGrid = cellGrid(0);
  const pictures = createCellPictures();
  const placeOf = (id: string | null) => content?.shown.findIndex((texture) => texture.id === id) ?? -1;

  function draw(): void {
    if (!content || box.clientHeight === 0) return;
    drawCells(box, pool, grid, content, marks, handlers.onChoose);
    pictures.show(pool);
  }
  function layOut(): void {
    const next = cellGrid(box.clientWidth);
    if (next.cellWidth !== grid.cellWidth) for (const cell of pool) cell.draw(null, []);
    grid = next;
    const rows = Math.ceil((content?.shown.length ?? 0) / grid.columns);
    byId('cells-all').style.height = `${rows * grid.rowHeight}px`;
    draw();
  }
  box.addEventListener('scroll', oncePerFrame(draw), { passive: true });
  reportHover(box, pool, handlers.onHover);
  new ResizeObserver(() => {
    layOut();
    reveal(box, grid, placeOf(marks.selected));
  }).observe(box);
  return {
    show(next) {
      const isOther = next.shown !== content?.shown;
      content = next;
      const place = placeOf(marks.selected);
      layOut();
      if (isOther && place < 0) box.scrollTop = 0;
      else if (isOther) reveal(box, grid, place);
    },
    select(id, isFocused) {
      marks = { ...marks, selected: id };
      reveal(box, grid, placeOf(id));
      draw();
      if (isFocused) pool.find((cell) => cell.texture()?.id === id)?.box.focus({ preventScroll: true });
    },
    mark(changes) {
      marks = { ...marks, ...changes };
      draw();
    },
    placesTo: (direction) => ({ left: -1, right: 1, up: -grid.columns, down: grid.columns })[direction],
    repaint() {
      pictures.forgetColours();
      for (const cell of pool) cell.draw(null, []);
      draw();
    },
  };
}

/** The palette as a sheet of cells, waveform and spectrum at a glance: of thousands, those in view exist. */
import { createShades } from '../../report/page/cell.ts';
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { type Cell, type CellMarks, type CellsContent, createCell } from './cell.ts';
import { createCellPictures } from './cell-pictures.ts';
import { type CellGrid, cellGrid, placeIn, rowsInView } from './cell-grid.ts';
import type { Direction } from './map-grid.ts';

export interface CellsView {
  show(content: CellsContent): void;
  /** @param isFocused the cell takes the focus, too */
  select(id: string | null, isFocused: boolean): void;
  setPlaying(id: string | null): void;
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
  const shades = createShades();
  let content: CellsContent | null = null;
  let marks: CellMarks = { selected: null, playing: null };
  let grid: CellGrid = cellGrid(0);
  const pictures = createCellPictures((texture) => {
    const cell = pool.find((one) => one.texture()?.id === texture.id);
    cell?.draw(pictures.of(texture), shades.of(texture.family));
  });
  const placeOf = (id: string | null) => content?.shown.findIndex((texture) => texture.id === id) ?? -1;

  function draw(): void {
    if (!content || box.clientHeight === 0) return;
    drawCells(box, pool, grid, content, marks, handlers.onChoose);
    const inView = pool.flatMap((cell) => cell.texture() ?? []);
    for (const cell of pool) {
      const texture = cell.texture();
      if (texture) cell.draw(pictures.of(texture), shades.of(texture.family));
    }
    pictures.want(inView);
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
    setPlaying(id) {
      marks = { ...marks, playing: id };
      draw();
    },
    placesTo: (direction) => ({ left: -1, right: 1, up: -grid.columns, down: grid.columns })[direction],
    repaint() {
      shades.forget();
      for (const cell of pool) cell.draw(null, []);
      draw();
    },
  };
}

function drawCells(
  box: HTMLElement,
  pool: Cell[],
  grid: CellGrid,
  content: CellsContent,
  marks: CellMarks,
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
function reveal(box: HTMLElement, grid: CellGrid, place: number): void {
  if (place < 0) return;
  const { top } = placeIn(grid, place);
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + grid.rowHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + grid.rowHeight - box.clientHeight;
  }
}

/** Only where the pointer moves: cells that scroll under it are not pointed at. */
function reportHover(
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

/** However often it is called, it draws once before the next frame. */
function oncePerFrame(draw: () => void): () => void {
  let frame = 0;
  return () => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
}

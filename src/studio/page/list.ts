/** The palette as a list: thousands of rows, of which those in view exist. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { createRow, type ListContent, ROW_HEIGHT, type Row, type RowMarks } from './list-row.ts';

/** Rows beyond what is seen. */
const BEYOND = 8;

export interface PaletteList {
  show(content: ListContent): void;
  /** @param isFocused the row takes the focus, too */
  select(id: string | null, isFocused: boolean): void;
  setPlaying(id: string | null): void;
  /** Writes rows in view again, whose decisions changed. */
  refresh(): void;
}

interface ListHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
}

export function createList(handlers: ListHandlers): PaletteList {
  const box = byId('list');
  const rows: Row[] = [];
  let content: ListContent | null = null;
  let marks: RowMarks = { selected: null, playing: null };

  const placeOf = (id: string | null) => content?.shown.findIndex((texture) => texture.id === id) ?? -1;
  const draw = () => {
    if (content && box.clientHeight > 0) drawRows(box, rows, content, marks, handlers.onChoose);
  };

  box.addEventListener('scroll', oncePerFrame(draw), { passive: true });
  reportHover(box, rows, handlers.onHover);
  new ResizeObserver(() => {
    reveal(box, placeOf(marks.selected));
    draw();
  }).observe(box);
  return {
    show(next) {
      const isOther = next.shown !== content?.shown;
      content = next;
      byId('list-rows').style.height = `${next.shown.length * ROW_HEIGHT}px`;
      const place = placeOf(marks.selected);
      if (isOther && place < 0) box.scrollTop = 0;
      else if (isOther) reveal(box, place);
      draw();
    },
    select(id, isFocused) {
      marks = { ...marks, selected: id };
      reveal(box, placeOf(id));
      draw();
      if (isFocused) rows.find((row) => row.texture()?.id === id)?.line.focus({ preventScroll: true });
    },
    setPlaying(id) {
      marks = { ...marks, playing: id };
      draw();
    },
    refresh: draw,
  };
}

function drawRows(
  box: HTMLElement,
  rows: Row[],
  content: ListContent,
  marks: RowMarks,
  onChoose: (texture: Texture) => void,
): void {
  const { shown } = content;
  const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - BEYOND);
  const count = Math.min(shown.length - first, Math.ceil(box.clientHeight / ROW_HEIGHT) + 2 * BEYOND);
  while (rows.length < count) rows.push(addRow(onChoose));
  // A row keeps its place in the pool, so that a scroll by one changes one.
  for (const [index, row] of rows.entries()) {
    const place = first + ((index - (first % rows.length) + rows.length) % rows.length);
    row.show(place < first + count ? (shown[place] ?? null) : null, place, content, marks);
  }
}

function addRow(onChoose: (texture: Texture) => void): Row {
  const row = createRow();
  row.line.addEventListener('click', () => {
    const texture = row.texture();
    if (texture) onChoose(texture);
  });
  byId('list-rows').append(row.line);
  return row;
}

/** Scrolls as little as need be; nothing where the place is none. */
function reveal(box: HTMLElement, place: number): void {
  if (place < 0) return;
  const top = place * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + ROW_HEIGHT - box.clientHeight;
  }
}

/** Only where the pointer moves: rows that scroll under it are not pointed at. */
function reportHover(
  box: HTMLElement,
  rows: readonly Row[],
  onHover: (texture: Texture | null) => void,
): void {
  let hovered: Texture | null = null;
  box.addEventListener('pointermove', ({ target, movementX, movementY }) => {
    const row = rows.find(({ line }) => line.contains(target as Node));
    if ((movementX === 0 && movementY === 0) || !row || row.texture() === hovered) return;
    hovered = row.texture();
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

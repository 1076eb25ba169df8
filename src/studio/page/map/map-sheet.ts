/**
 * A canvas that is drawn for one view of the map and carried to others. At rest it is drawn finely; on the way coarsely, and
 * far beyond the edges unless one comes nearer, so that it is seldom and soon drawn: 1,700 drops on 2,560 pixels would take
 * as long as four frames.
 */
import type { View } from './map-view.ts';

/** While the map moves, as many pixels show so many times as much of it each way. */
const WIDER = 2;
/** What was drawn is magnified so many times at most before it is drawn again: near by, glows are large, and drawing is slow. */
const MOST_MAGNIFIED = 2;

/** Beyond the left and right edges, and beyond the upper and lower ones. */
interface Room {
  readonly x: number;
  readonly y: number;
}

/** A sheet that was cleared for a view, to be drawn on. */
export interface OpenSheet {
  /** In CSS pixels of the view. */
  readonly pen: CanvasRenderingContext2D;
  /** Device pixels a CSS pixel. */
  readonly scale: number;
  /** How far beyond the edges of the view it is to be drawn on, CSS pixels. */
  readonly reach: Room;
}

export interface Sheet {
  open(view: View, isMoving: boolean): OpenSheet;
  /** Shows what was drawn as another view has it, without drawing. */
  carry(view: View): void;
  /** Whether what was drawn would leave a part of this view empty, or be too coarse. */
  isSpent(view: View): boolean;
}

/** @param room drawn beyond the edges at rest, CSS pixels, so that a short drag need not draw */
export function createSheet(canvas: HTMLCanvasElement, room: number): Sheet {
  const pen = canvas.getContext('2d')!;
  let drawn: View | null = null;
  let wider = 1;
  let beyond: Room = { x: room, y: room };
  let reach = beyond;

  function carry(view: View): void {
    if (!drawn) return;
    const { left, top, by } = shift(drawn, view);
    const [x, y] = [left - beyond.x * by, top - beyond.y * by];
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${wider * by})`;
  }
  return {
    open(view, isMoving) {
      const fine = Math.min(2, window.devicePixelRatio);
      const [wide, high] = [view.width + 2 * room, view.height + 2 * room];
      clear(pen, wide, high, fine);
      const isNearing = drawn !== null && view.zoom > drawn.zoom;
      drawn = view;
      wider = isMoving ? WIDER : 1;
      const scale = fine / wider;
      // By whole pixels, where stamps are laid down as they are: between two the browser reads each anew, for twice the time.
      const beyondOf = (all: number, seen: number) => Math.floor((scale * (wider * all - seen)) / 2) / scale;
      beyond = { x: beyondOf(wide, view.width), y: beyondOf(high, view.height) };
      reach = isMoving && isNearing ? { x: room, y: room } : beyond;
      pen.setTransform(scale, 0, 0, scale, scale * beyond.x, scale * beyond.y);
      carry(view);
      return { pen, scale, reach };
    },
    carry,
    isSpent(view) {
      if (!drawn) return true;
      const { left, top, by } = shift(drawn, view);
      const isCovering =
        left - reach.x * by <= 0 &&
        top - reach.y * by <= 0 &&
        left + (drawn.width + reach.x) * by >= view.width &&
        top + (drawn.height + reach.y) * by >= view.height;
      return !isCovering || by > MOST_MAGNIFIED;
    },
  };
}

function shift(drawn: View, view: View): { left: number; top: number; by: number } {
  const by = view.zoom / drawn.zoom;
  return { left: view.x - drawn.x * by, top: view.y - drawn.y * by, by };
}

/** @param wide, high CSS pixels */
function clear(pen: CanvasRenderingContext2D, wide: number, high: number, scale: number): void {
  const { canvas } = pen;
  const [across, down] = [Math.round(wide * scale), Math.round(high * scale)];
  // A canvas that is given a size is made anew, which takes as long as some hundred drops.
  if (canvas.width === across && canvas.height === down) {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, across, down);
    return;
  }
  canvas.width = across;
  canvas.height = down;
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
}

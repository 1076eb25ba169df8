/** What lies over the drops: the ring of the selected one, lines to its neighbours, what is pointed at, picked or new. */
import { cssColour, styleColour } from '../../../report/page/colours.ts';
import { type Drop, heartRadius } from './map-drops.ts';
import type { OpenSheet } from './map-sheet.ts';
import { growthOf, onScreen, type Point, type View } from './map-view.ts';

export interface Marks {
  readonly selected: Drop | null;
  /** Nearest first. */
  readonly neighbours: readonly Drop[];
  readonly hovered: Drop | null;
  readonly picked: readonly Drop[];
  readonly fresh: readonly Drop[];
}

/** Draws the marks on a sheet that is open for the view. */
export function drawMarks({ pen }: OpenSheet, view: View, marks: Marks): void {
  const accent = cssColour(styleColour('accent'));
  const ink = cssColour(styleColour('ink'));
  const { selected, neighbours, hovered } = marks;
  if (selected) {
    for (const [rank, neighbour] of neighbours.entries()) {
      hairline(pen, onScreen(selected, view), onScreen(neighbour, view), accent, 0.5 - 0.05 * rank);
    }
    ring(pen, selected, view, 6, accent, 2);
  }
  for (const one of marks.fresh) dot(pen, one, view, accent);
  for (const one of marks.picked) ring(pen, one, view, 3, accent, 1.5);
  if (hovered && hovered !== selected) ring(pen, hovered, view, 5, ink, 1);
}

function radiusOf({ durationSec }: Drop, view: View): number {
  return growthOf(view) * heartRadius(durationSec);
}

function ring(
  pen: CanvasRenderingContext2D,
  drop: Drop,
  view: View,
  room: number,
  colour: string,
  width: number,
): void {
  const { x, y } = onScreen(drop, view);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(x, y, radiusOf(drop, view) + room, 0, 2 * Math.PI);
  pen.stroke();
}

/** Above and to the right of a drop: it is new. */
function dot(pen: CanvasRenderingContext2D, drop: Drop, view: View, colour: string): void {
  const { x, y } = onScreen(drop, view);
  const away = Math.SQRT1_2 * (radiusOf(drop, view) + 5);
  pen.globalAlpha = 0.7;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x + away, y - away, 1.5, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = 1;
}

function hairline(
  pen: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  colour: string,
  strength: number,
): void {
  pen.globalAlpha = strength;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
  pen.globalAlpha = 1;
}

/** The field of drops: drawn when something changed, and only moved while it is dragged. */
import { cssColour, mix, styleColour } from '../../../report/page/colours.ts';
import type { Families } from '../../../report/page/families.ts';
import { createStamps, type Drop, heartRadius, type Stamps } from './map-drops.ts';
import { drawNames } from './map-names.ts';
import { createSheet, type OpenSheet, type Sheet } from './map-sheet.ts';
import { growthOf, onScreen, type Point, type View } from './map-view.ts';

/** Drawn beyond the edges at rest, CSS pixels. */
const ROOM = 200;

export interface Field extends Pick<Sheet, 'carry' | 'isSpent'> {
  /** Draws all again; coarsely and without names while it moves. */
  draw(drops: readonly Drop[], view: View, isMoving: boolean): void;
  /** The colours are others. */
  forget(): void;
}

/** @param families what each family's textures are called */
export function createField(canvas: HTMLCanvasElement, families: () => Families): Field {
  const sheet = createSheet(canvas, ROOM);
  /** By device pixels a CSS pixel: a page that is magnified, or on another screen, is of another scale. */
  const stamps = new Map<number, Stamps>();

  function stampsAt(scale: number): Stamps {
    const made = stamps.get(scale) ?? createStamps(scale);
    stamps.set(scale, made);
    return made;
  }
  return {
    forget: () => stamps.clear(),
    isSpent: sheet.isSpent,
    carry: sheet.carry,
    draw(drops, view, isMoving) {
      const open = sheet.open(view, isMoving);
      paintDrops(open, drops, view, stampsAt(open.scale));
      if (!isMoving) drawNames(open.pen, drops, view, families());
    },
  };
}

function onPixel(place: number, scale: number): number {
  return Math.round(place * scale) / scale;
}

/** On dark ground light adds to light; on light ground pigment lies over pigment. */
function paintDrops(
  { pen, scale, reach }: OpenSheet,
  drops: readonly Drop[],
  view: View,
  stamps: Stamps,
): void {
  const isLight = document.documentElement.dataset.theme === 'light';
  const growth = growthOf(view);
  pen.globalCompositeOperation = isLight ? 'multiply' : 'lighter';
  const rings: { readonly at: Point; readonly radius: number; readonly isKept: boolean }[] = [];
  for (const drop of drops) {
    const at = onScreen(drop, view);
    const { x, y } = at;
    if (x < -reach.x || y < -reach.y || x > view.width + reach.x || y > view.height + reach.y) continue;
    const radius = growth * heartRadius(drop.durationSec);
    const { family, state, isKept, isChosen } = drop;
    const { picture, side } = stamps.of(family, radius, state, Math.min(1, drop.strength * view.zoom));
    // On whole pixels of the screen, where a stamp is laid down as it is.
    pen.drawImage(picture, onPixel(x - side / 2, scale), onPixel(y - side / 2, scale), side, side);
    if ((isKept || isChosen) && state !== 'faint') rings.push({ at, radius: radius + 3.5, isKept });
  }
  pen.globalCompositeOperation = 'source-over';
  const chalk = cssColour(mix(styleColour('ground'), styleColour('ink'), 0.8));
  const accent = cssColour(styleColour('accent'));
  pen.lineWidth = 1;
  for (const { at, radius, isKept } of rings) {
    pen.strokeStyle = isKept ? accent : chalk;
    pen.beginPath();
    pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
}

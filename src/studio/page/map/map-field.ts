/** The field of drops: drawn when something changed, and only moved while it is dragged. */
import { cssColour, mix, styleColour } from '../../../report/page/colours.ts';
import type { Families } from '../../../report/page/families.ts';
import { createStamps, type Drop, heartRadius, type Stamps } from './map-drops.ts';
import { drawNames } from './map-names.ts';
import { growthOf, onScreen, type Point, type View } from './map-view.ts';

/** Drawn beyond the edges, CSS pixels, so that a drag need not draw. */
const BEYOND = 200;
/** What was drawn is magnified so many times at most while the map is on its way. */
const COARSE = 2;

export interface Field {
  /** Draws all again; names only where it rests. */
  draw(drops: readonly Drop[], view: View, isResting: boolean): void;
  /** Shows what was drawn as another view has it, without drawing. */
  move(view: View): void;
  /** Whether what was drawn would leave a part of this view empty, or coarse. */
  isSpent(view: View): boolean;
  /** The colours, or the screen, are others. */
  forget(): void;
}

/** @param families what each family's textures are called */
export function createField(canvas: HTMLCanvasElement, families: () => Families): Field {
  const pen = canvas.getContext('2d')!;
  let stamps: Stamps | null = null;
  /** Device pixels a CSS pixel, of the stamps. */
  let stamped = 0;
  let drawn: View | null = null;

  return {
    forget() {
      stamps = null;
    },
    isSpent(view) {
      if (!drawn) return true;
      const { left, top, by } = shift(drawn, view);
      const isCovering =
        left - BEYOND * by <= 0 &&
        top - BEYOND * by <= 0 &&
        left + (view.width + BEYOND) * by >= view.width &&
        top + (view.height + BEYOND) * by >= view.height;
      return !isCovering || by > COARSE;
    },
    move(view) {
      if (!drawn) return;
      const { left, top, by } = shift(drawn, view);
      canvas.style.transform = `translate(${left - BEYOND * by}px, ${top - BEYOND * by}px) scale(${by})`;
    },
    draw(drops, view, isResting) {
      const scale = Math.min(2, window.devicePixelRatio);
      // A page that is magnified, or on another screen, is of another scale.
      if (stamps === null || stamped !== scale) stamps = createStamps(scale);
      stamped = scale;
      sizeTo(canvas, view, scale);
      pen.setTransform(scale, 0, 0, scale, scale * BEYOND, scale * BEYOND);
      paintDrops(pen, drops, view, stamps, scale);
      if (isResting) drawNames(pen, drops, view, families());
      drawn = view;
      canvas.style.transform = `translate(${-BEYOND}px, ${-BEYOND}px)`;
    },
  };
}

function onPixel(place: number, scale: number): number {
  return Math.round(place * scale) / scale;
}

function shift(drawn: View, view: View): { left: number; top: number; by: number } {
  const by = view.zoom / drawn.zoom;
  return { left: view.x - drawn.x * by, top: view.y - drawn.y * by, by };
}

function sizeTo(canvas: HTMLCanvasElement, { width, height }: View, scale: number): void {
  const [wide, high] = [width + 2 * BEYOND, height + 2 * BEYOND];
  const [across, down] = [Math.round(wide * scale), Math.round(high * scale)];
  // A canvas that is given a size is made anew, which takes as long as some hundred drops.
  if (canvas.width === across && canvas.height === down) {
    const pen = canvas.getContext('2d')!;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, across, down);
    return;
  }
  canvas.width = across;
  canvas.height = down;
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
}

/** On dark ground light adds to light; on light ground pigment lies over pigment. */
function paintDrops(
  pen: CanvasRenderingContext2D,
  drops: readonly Drop[],
  view: View,
  stamps: Stamps,
  scale: number,
): void {
  const isLight = document.documentElement.dataset.theme === 'light';
  const growth = growthOf(view);
  pen.globalCompositeOperation = isLight ? 'multiply' : 'lighter';
  const rings: { readonly at: Point; readonly radius: number; readonly isKept: boolean }[] = [];
  for (const drop of drops) {
    const at = onScreen(drop, view);
    const { x, y } = at;
    if (x < -BEYOND || y < -BEYOND || x > view.width + BEYOND || y > view.height + BEYOND) continue;
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

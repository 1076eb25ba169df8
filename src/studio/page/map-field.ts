/** The field of drops: drawn when something changed, and only moved while it is dragged. */
import { cssColour, styleColour } from '../../report/page/colours.ts';
import { createStamps, type DropState, heartRadius, type Stamps } from './map-drops.ts';
import { onScreen, type Point, type View } from './map-view.ts';

/** One drop as it lies at a zoom of 1. */
export interface Drop extends Point {
  readonly family: string;
  readonly durationSec: number;
  readonly state: DropState;
  readonly isKept: boolean;
  /** How much of its glow it keeps at a zoom of 1, 0 to 1. */
  readonly strength: number;
}

/** Drawn beyond the edges, CSS pixels, so that a drag need not draw. */
const BEYOND = 200;
export interface Field {
  /** Draws all again. */
  draw(drops: readonly Drop[], view: View): void;
  /** Shows what was drawn as another view has it, without drawing. */
  move(view: View): void;
  /** Whether what was drawn would leave a part of this view empty, or coarse. */
  isSpent(view: View): boolean;
  /** The colours, or the screen, are others. */
  forget(): void;
}

export function createField(canvas: HTMLCanvasElement): Field {
  const pen = canvas.getContext('2d')!;
  let stamps: Stamps | null = null;
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
      return !isCovering || by > 1.6;
    },
    move(view) {
      if (!drawn) return;
      const { left, top, by } = shift(drawn, view);
      canvas.style.transform = `translate(${left - BEYOND * by}px, ${top - BEYOND * by}px) scale(${by})`;
    },
    draw(drops, view) {
      const scale = Math.min(2, window.devicePixelRatio);
      stamps ??= createStamps(scale);
      sizeTo(canvas, view, scale);
      pen.setTransform(scale, 0, 0, scale, scale * BEYOND, scale * BEYOND);
      paintDrops(pen, drops, view, stamps);
      drawn = view;
      canvas.style.transform = `translate(${-BEYOND}px, ${-BEYOND}px)`;
    },
  };
}

function shift(drawn: View, view: View): { left: number; top: number; by: number } {
  const by = view.zoom / drawn.zoom;
  return { left: view.x - drawn.x * by, top: view.y - drawn.y * by, by };
}

function sizeTo(canvas: HTMLCanvasElement, { width, height }: View, scale: number): void {
  const [wide, high] = [width + 2 * BEYOND, height + 2 * BEYOND];
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
}

/** On dark ground light adds to light; on light ground pigment lies over pigment. */
function paintDrops(pen: CanvasRenderingContext2D, drops: readonly Drop[], view: View, stamps: Stamps): void {
  const isLight = document.documentElement.dataset.theme === 'light';
  const growth = Math.sqrt(view.zoom);
  pen.globalCompositeOperation = isLight ? 'multiply' : 'lighter';
  const rings: [Point, number][] = [];
  for (const drop of drops) {
    const { x, y } = onScreen(drop, view);
    if (x < -BEYOND || y < -BEYOND || x > view.width + BEYOND || y > view.height + BEYOND) continue;
    const radius = growth * heartRadius(drop.durationSec);
    const { picture, side } = stamps.of(
      drop.family,
      radius,
      drop.state,
      Math.min(1, drop.strength * view.zoom),
    );
    pen.drawImage(picture, x - side / 2, y - side / 2, side, side);
    if (drop.isKept && drop.state !== 'faint') rings.push([{ x, y }, radius + 3.5]);
  }
  pen.globalCompositeOperation = 'source-over';
  pen.strokeStyle = cssColour(styleColour('accent'));
  pen.lineWidth = 1;
  for (const [{ x, y }, radius] of rings) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
}

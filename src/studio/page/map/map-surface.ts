/** The drops on the screen: moved at once, and drawn finely again once they rest. */
import type { Families } from '../../../report/page/families.ts';
import type { Drop } from './map-drops.ts';
import { createField } from './map-field.ts';
import { resized, type View, wholeView } from './map-view.ts';

/** The field is drawn finely again after it has rested, ms. */
const REST_MS = 120;

export interface MapSurface {
  view(): View;
  setView(view: View): void;
  draw(drops: readonly Drop[]): void;
  /** The colours are others. */
  repaint(): void;
}

/**
 * @param onResize called when the map is of another size
 * @param onDraw called when the drops lie otherwise on the screen
 * @param families what each family's textures are called
 */
export function createMapSurface(
  area: HTMLElement,
  canvas: HTMLCanvasElement,
  onResize: () => void,
  onDraw: (isMoving: boolean) => void,
  families: () => Families,
): MapSurface {
  const field = createField(canvas, families);
  let view: View = wholeView(0, 0);
  let drops: readonly Drop[] = [];
  let rest = 0;
  let frame = 0;

  /** However often the view changes, it is shown once a frame. */
  function follow(): void {
    frame = 0;
    if (field.isSpent(view)) drawField(true);
    else {
      field.carry(view);
      onDraw(true);
    }
    clearTimeout(rest);
    rest = window.setTimeout(() => drawField(false), REST_MS);
  }
  function drawField(isMoving: boolean): void {
    if (view.width === 0) return;
    field.draw(drops, view, isMoving);
    onDraw(isMoving);
  }
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = area;
    if (clientWidth === 0 || (clientWidth === view.width && clientHeight === view.height)) return;
    view = resized(view, clientWidth, clientHeight);
    onResize();
  }).observe(area);
  return {
    view: () => view,
    setView(next) {
      view = next;
      if (frame === 0) frame = requestAnimationFrame(follow);
    },
    draw(next) {
      drops = next;
      drawField(false);
    },
    repaint() {
      field.forget();
      drawField(false);
    },
  };
}

/** The drops on the screen: moved at once, and drawn finely again once they rest. */
import { createField, type Drop } from './map-field.ts';
import { type View, wholeView } from './map-view.ts';

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
 * @param onResize called when the map is of another size, and whole again
 * @param onDraw called when the drops lie otherwise on the screen
 */
export function createMapSurface(
  area: HTMLElement,
  canvas: HTMLCanvasElement,
  onResize: () => void,
  onDraw: () => void,
): MapSurface {
  const field = createField(canvas);
  let view: View = wholeView(0, 0);
  let drops: readonly Drop[] = [];
  let rest = 0;

  function drawField(): void {
    if (view.width === 0) return;
    field.draw(drops, view);
    onDraw();
  }
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = area;
    if (clientWidth === 0 || (clientWidth === view.width && clientHeight === view.height)) return;
    view = wholeView(clientWidth, clientHeight);
    onResize();
  }).observe(area);
  return {
    view: () => view,
    setView(next) {
      view = next;
      if (field.isSpent(view)) drawField();
      else field.move(view);
      onDraw();
      clearTimeout(rest);
      rest = window.setTimeout(drawField, REST_MS);
    },
    draw(next) {
      drops = next;
      drawField();
    },
    repaint() {
      field.forget();
      drawField();
    },
  };
}

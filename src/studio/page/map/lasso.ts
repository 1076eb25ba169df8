/** A line drawn round drops of the map, with shift held; with a press that hardly moves, the drop under it. */
import type { Texture } from '../../protocol.ts';
import { isInside } from './inside-path.ts';
import type { Point } from './map-view.ts';

/** A press that moves less is a choice, CSS pixels. */
const STILL = 4;
const SVG = 'http://www.w3.org/2000/svg';

interface LassoHandlers {
  /** Those whose drops lie inside, of those shown. */
  within(isInside: (at: Point) => boolean): readonly Texture[];
  textureAt(at: Point): Texture | null;
  onCircled(textures: readonly Texture[]): void;
  onPressed(texture: Texture): void;
}

/** Hears presses before the map does, which would drag. */
export function createLasso(area: HTMLElement, handlers: LassoHandlers): void {
  const line = document.createElementNS(SVG, 'polygon');
  const picture = document.createElementNS(SVG, 'svg');
  picture.id = 'lasso';
  picture.setAttribute('aria-hidden', 'true');
  picture.append(line);
  area.append(picture);
  let path: Point[] | null = null;

  area.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.shiftKey || event.button !== 0) return;
      event.stopImmediatePropagation();
      area.setPointerCapture(event.pointerId);
      path = [placeOf(event, area)];
    },
    { capture: true },
  );
  area.addEventListener(
    'pointermove',
    (event) => {
      if (!path) return;
      event.stopImmediatePropagation();
      path.push(placeOf(event, area));
      line.setAttribute('points', path.map(({ x, y }) => `${x},${y}`).join(' '));
    },
    { capture: true },
  );
  const end = (event: PointerEvent): void => {
    if (!path) return;
    event.stopImmediatePropagation();
    const drawn = path;
    path = null;
    line.removeAttribute('points');
    if (event.type !== 'pointerup') return;
    if (extentOf(drawn) >= STILL) handlers.onCircled(handlers.within((at) => isInside(at, drawn)));
    else {
      const texture = handlers.textureAt(drawn[0]);
      if (texture) handlers.onPressed(texture);
    }
  };
  area.addEventListener('pointerup', end, { capture: true });
  area.addEventListener('pointercancel', end, { capture: true });
}

function placeOf({ clientX, clientY }: MouseEvent, area: HTMLElement): Point {
  const { left, top } = area.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/** The longer side of the box around a path. */
function extentOf(path: readonly Point[]): number {
  const side = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(side(path.map(({ x }) => x)), side(path.map(({ y }) => y)));
}

/** How the map lies on the screen: places from 0 to 1 fill it, and are moved and magnified from there. */

/** Room around the outermost drops, CSS pixels; of a small map less, so that it is never turned over. */
const MARGIN = 64;
const MOST_MARGIN_PART = 0.14;
const MOST_ZOOM = 40;

export interface View {
  readonly width: number;
  readonly height: number;
  /** 1: all of it is seen. */
  readonly zoom: number;
  /** CSS pixels by which it is moved after magnifying. */
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function wholeView(width: number, height: number): View {
  return { width, height, zoom: 1, x: 0, y: 0 };
}

/** Side of a map on which drops are as large as they say, CSS pixels; on a larger one they are larger, up to so many times. */
const USUAL_SIDE = 720;
const MOST_GROWTH = 1.6;

/** How many times larger than at a zoom of 1 drops are drawn: they grow less than what lies between them. */
export function growthOf({ width, height, zoom }: View): number {
  const side = Math.sqrt(width * height) / USUAL_SIDE;
  return Math.sqrt(zoom * Math.max(1, Math.min(MOST_GROWTH ** 2, side)));
}

/** Where a place lies at a zoom of 1, CSS pixels; moving lies above steady. */
export function laidOut({ x, y }: Point, { width, height }: Pick<View, 'width' | 'height'>): Point {
  const [aside, above] = [marginOf(width), marginOf(height)];
  return { x: aside + x * (width - 2 * aside), y: above + (1 - y) * (height - 2 * above) };
}

function marginOf(size: number): number {
  return Math.min(MARGIN, MOST_MARGIN_PART * size);
}

/** From {@link laidOut} to the screen. */
export function onScreen({ x, y }: Point, view: View): Point {
  return { x: x * view.zoom + view.x, y: y * view.zoom + view.y };
}

/** The inverse of {@link onScreen}. */
export function offScreen({ x, y }: Point, view: View): Point {
  return { x: (x - view.x) / view.zoom, y: (y - view.y) / view.zoom };
}

export function moved(view: View, byX: number, byY: number): View {
  return within({ ...view, x: view.x + byX, y: view.y + byY });
}

/** Magnified by a factor, so that what lies under a point stays there. */
export function zoomed(view: View, by: number, at: Point): View {
  const zoom = Math.max(1, Math.min(MOST_ZOOM, view.zoom * by));
  const fixed = offScreen(at, view);
  return within({ ...view, zoom, x: at.x - fixed.x * zoom, y: at.y - fixed.y * zoom });
}

/** On a map of another size: as near as before, and about the same places in view. */
export function resized(view: View, width: number, height: number): View {
  if (view.width === 0) return wholeView(width, height);
  const [x, y] = [(view.x * width) / view.width, (view.y * height) / view.height];
  return within({ ...view, width, height, x, y });
}

/** Moved, if need be, so that a point of the layout is on the screen with some room around. */
export function showing(view: View, point: Point): View {
  const { x, y } = onScreen(point, view);
  const off = (at: number, size: number) =>
    Math.max(marginOf(size) - at, 0) + Math.min(size - marginOf(size) - at, 0);
  return within({ ...view, x: view.x + off(x, view.width), y: view.y + off(y, view.height) });
}

/** The map never leaves the screen. */
function within(view: View): View {
  const held = (at: number, size: number) => Math.max(size - size * view.zoom, Math.min(0, at));
  return { ...view, x: held(view.x, view.width), y: held(view.y, view.height) };
}

/** Pointer and wheel on the map: dragging, pinching, magnifying, pointing, choosing. */
import { moved, type Point, type View, zoomed } from './map-view.ts';

/** A press that moves less is a choice, CSS pixels. */
const STILL = 4;
/** Wheel travel that doubles the zoom, CSS pixels. */
const WHEEL_TRAVEL = 240;

interface InputHandlers {
  view(): View;
  onView(view: View): void;
  onPoint(at: Point | null): void;
  onChoose(at: Point): void;
}

export function followPointer(area: HTMLElement, handlers: InputHandlers): void {
  followPresses(area, handlers);
  area.addEventListener('pointerleave', () => handlers.onPoint(null));
  area.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      handlers.onView(zoomed(handlers.view(), 2 ** (-event.deltaY / WHEEL_TRAVEL), placeOf(event, area)));
    },
    { passive: false },
  );
}

/** One pointer drags, a second one pinches; what hardly moves chooses. */
function followPresses(area: HTMLElement, handlers: InputHandlers): void {
  const pressed = new Map<number, Point>();
  let travelled = 0;

  area.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, placeOf(event, area));
    if (pressed.size === 1) travelled = 0;
  });
  area.addEventListener('pointermove', (event) => {
    const now = placeOf(event, area);
    const before = pressed.get(event.pointerId);
    if (!before) {
      handlers.onPoint(now);
      return;
    }
    travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const [other] = [...pressed].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    pressed.set(event.pointerId, now);
    if (travelled < STILL) return;
    area.classList.add('dragged');
    handlers.onPoint(null);
    const view = handlers.view();
    if (other) handlers.onView(zoomed(view, distance(now, other) / distance(before, other), other));
    else handlers.onView(moved(view, now.x - before.x, now.y - before.y));
  });
  const release = (event: PointerEvent): void => {
    area.classList.remove('dragged');
    if (pressed.delete(event.pointerId) && travelled < STILL && event.type === 'pointerup') {
      handlers.onChoose(placeOf(event, area));
    }
  };
  area.addEventListener('pointerup', release);
  area.addEventListener('pointercancel', release);
}

/** CSS pixels from the area's corner. */
function placeOf({ clientX, clientY }: MouseEvent, area: HTMLElement): Point {
  const { left, top } = area.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function distance(a: Point, b: Point): number {
  return Math.max(1, Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2));
}

/** The hand on the map: dragging, pinching, turning the wheel, pointing, choosing. */
import { moved, type Point, type View, zoomed } from './map-view.ts';

/** A press that moves less is a choice, CSS pixels. */
const STILL = 4;

interface Hand {
  view(): View;
  onView(view: View): void;
  onPoint(at: Point | null): void;
  onChoose(at: Point): void;
}

export function followHand(ground: HTMLElement, hand: Hand): void {
  const pressed = new Map<number, Point>();
  let travelled = 0;

  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = ground.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  ground.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    ground.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, at(event));
    if (pressed.size === 1) travelled = 0;
  });
  ground.addEventListener('pointermove', (event) => {
    const now = at(event);
    const before = pressed.get(event.pointerId);
    if (!before) {
      hand.onPoint(now);
      return;
    }
    travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const [other] = [...pressed].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    pressed.set(event.pointerId, now);
    if (travelled < STILL) return;
    ground.classList.add('dragged');
    hand.onPoint(null);
    if (other) hand.onView(zoomed(hand.view(), distance(now, other) / distance(before, other), other));
    else hand.onView(moved(hand.view(), now.x - before.x, now.y - before.y));
  });
  const release = (event: PointerEvent): void => {
    ground.classList.remove('dragged');
    if (pressed.delete(event.pointerId) && travelled < STILL && event.type === 'pointerup') {
      hand.onChoose(at(event));
    }
  };
  ground.addEventListener('pointerup', release);
  ground.addEventListener('pointercancel', release);
  ground.addEventListener('pointerleave', () => hand.onPoint(null));
  ground.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      hand.onView(zoomed(hand.view(), 2 ** (-event.deltaY / 240), at(event)));
    },
    { passive: false },
  );
}

function distance(a: Point, b: Point): number {
  return Math.max(1, Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2));
}

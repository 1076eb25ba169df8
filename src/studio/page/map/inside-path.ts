import type { Point } from './map-view.ts';

/** Whether a ray from a point crosses the closed path an odd number of times. */
export function isInside({ x, y }: Point, path: readonly Point[]): boolean {
  let isIn = false;
  for (let i = 0, before = path.length - 1; i < path.length; before = i++) {
    const [a, b] = [path[i], path[before]];
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) isIn = !isIn;
  }
  return isIn;
}

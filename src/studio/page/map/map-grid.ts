/** Drops by where they lie, so that one is found under a finger without asking thousands. */
import type { Point } from './map-view.ts';

/** Side of a cell, CSS pixels at a zoom of 1. */
const CELL = 32;

export interface Grid {
  /** The nearest one within a distance; null where there is none. */
  nearest(to: Point, within: number): number | null;
}

export function createGrid(points: readonly Point[]): Grid {
  const cells = new Map<string, number[]>();
  const key = (column: number, row: number) => `${column} ${row}`;
  for (const [place, { x, y }] of points.entries()) {
    const at = key(Math.floor(x / CELL), Math.floor(y / CELL));
    const cell = cells.get(at);
    if (cell) cell.push(place);
    else cells.set(at, [place]);
  }
  return {
    nearest(to, within) {
      let found: number | null = null;
      let least = within * within;
      const [left, right] = [to.x - within, to.x + within].map((x) => Math.floor(x / CELL));
      const [top, bottom] = [to.y - within, to.y + within].map((y) => Math.floor(y / CELL));
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          for (const place of cells.get(key(column, row)) ?? []) {
            const distance = (points[place].x - to.x) ** 2 + (points[place].y - to.y) ** 2;
            if (distance > least) continue;
            least = distance;
            found = place;
          }
        }
      }
      return found;
    },
  };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const TOWARDS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/**
 * The nearest point in a direction, at most 45° off it; what lies straight ahead counts as nearer than what lies aslant. Where
 * none lies there, whatever lies that way at all.
 * @returns null at the edge
 */
export function towards(points: readonly Point[], from: number, direction: Direction): number | null {
  const way = TOWARDS[direction];
  let found: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, point] of points.entries()) {
    const x = point.x - points[from].x;
    const y = point.y - points[from].y;
    const ahead = x * way.x + y * way.y;
    const aside = Math.abs(x * way.y) + Math.abs(y * way.x);
    if (place === from || ahead <= 0) continue;
    const cost = ahead + 2 * aside + (aside > ahead ? 1e6 : 0);
    if (cost >= least) continue;
    least = cost;
    found = place;
  }
  return found;
}

/** Where drops lie thick, each glows less, so that light does not burn out to white. */
import type { Point } from './map-view.ts';

/** Side of a cell, CSS pixels at a zoom of 1. */
const CELL = 10;
/** Light that a place may get from all glows together; one by itself gives about 0.6. */
const MOST_LIGHT = 0.6;
const OWN_LIGHT = 0.6;

/**
 * @param reaches radius of each point's glow, CSS pixels; 0 where it does not glow
 * @returns how much of its glow each may keep at a zoom of 1, 0 to 1. What is magnified lies further apart, so it may keep
 *   as many times more.
 */
export function crowdingOf(points: readonly Point[], reaches: readonly number[]): Float32Array {
  const light = new Map<number, number>();
  const key = (column: number, row: number) => row * 4096 + column;
  for (const [i, { x, y }] of points.entries()) {
    const reach = reaches[i];
    if (reach === 0) continue;
    for (let row = Math.floor((y - reach) / CELL); row <= (y + reach) / CELL; row++) {
      for (let column = Math.floor((x - reach) / CELL); column <= (x + reach) / CELL; column++) {
        const [left, down] = [(column + 0.5) * CELL - x, (row + 0.5) * CELL - y];
        const near = 1 - Math.sqrt(left * left + down * down) / Math.max(reach, CELL);
        if (near <= 0) continue;
        const at = key(column, row);
        light.set(at, (light.get(at) ?? 0) + OWN_LIGHT * near * near);
      }
    }
  }
  return Float32Array.from(points, ({ x, y }) => {
    const sum = light.get(key(Math.floor(x / CELL), Math.floor(y / CELL))) ?? 0;
    return Math.min(1, MOST_LIGHT / Math.max(OWN_LIGHT, sum));
  });
}

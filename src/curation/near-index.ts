import { pow } from '../dsp/maths.ts';
import { distanceWithin } from './embedding.ts';
import { alongAxes, widestAxes } from './widest-axes.ts';

/** Axes along which points are filed: 3^4 cells are looked into. */
const AXES = 4;
/** Of a cell's width, for what rounding makes of a distance along an axis. */
const ROUNDING = 1e-6;

/** Points, of which those near another are found without looking at the others. */
export interface NearIndex {
  /** @param number of the point, as it is found again */
  add(number: number, point: Float32Array): void;
  /** The nearest of those that were added, the first added of equals; null where none lies within the reach. */
  nearest(point: Float32Array): { readonly number: number; readonly distance: number } | null;
  /** Points that were looked at so far: what finding costs. */
  looks(): number;
}

/**
 * A grid over the axes along which points spread most, cells as wide as the reach: what is within it lies in the same cell or
 * beside it, since points are never nearer than they are along an axis.
 * @param points that will be added or asked for, from which the axes are taken
 * @param reach distances from here on are not looked for
 */
export function createNearIndex(points: readonly Float32Array[], reach: number): NearIndex {
  const axes = widestAxes(points, AXES);
  const width = reach * (1 + ROUNDING);
  const places = new Float64Array(AXES);
  const cells = new Map<number, { readonly number: number; readonly point: Float32Array }[]>();
  /** Cells are numbered by mixing their places; those that share a number only cost time. */
  const cellAt = (steps: number): number => {
    let [cell, left] = [0, steps];
    for (let n = 0; n < axes.length; n++) {
      cell = Math.imul(cell, 0x9e3779b1) + Math.floor(places[n] / width) + (left % 3) - 1;
      left = Math.floor(left / 3);
    }
    return cell | 0;
  };
  let looks = 0;
  const own = Math.floor(pow(3, axes.length) / 2);
  return {
    add(number, point) {
      alongAxes(point, axes, places, 0);
      const cell = cellAt(own);
      const there = cells.get(cell);
      if (there) there.push({ number, point });
      else cells.set(cell, [{ number, point }]);
    },
    nearest(point) {
      alongAxes(point, axes, places, 0);
      let [nearest, least] = [-1, reach];
      for (let steps = 0; steps <= 2 * own; steps++) {
        for (const other of cells.get(cellAt(steps)) ?? []) {
          looks++;
          const distance = distanceWithin(point, other.point, least);
          if (distance > least || distance >= reach) continue;
          if (distance < least || nearest < 0 || other.number < nearest)
            [nearest, least] = [other.number, distance];
        }
      }
      return nearest < 0 ? null : { number: nearest, distance: least };
    },
    looks: () => looks,
  };
}

/** Few numbers for many: points seen along the axes on which they spread most, never further apart than they are. */

import { square } from '../dsp/maths.ts';

/** Points that say how all spread: more tell the same. */
const MOST_LOOKED_AT = 512;
/** Rounds of the power iteration: an axis need not be exact, only one that tells points apart. */
const ROUNDS = 12;

/**
 * Unit vectors at right angles to each other, along which points spread most (principal components, by power iteration).
 * @param points of one length
 * @param count at most; fewer where points do not spread any further
 */
export function widestAxes(points: readonly Float32Array[], count: number): Float64Array[] {
  const stride = Math.max(1, Math.ceil(points.length / MOST_LOOKED_AT));
  const some = points.filter((_, i) => i % stride === 0);
  const centred = withoutMean(some);
  const axes: Float64Array[] = [];
  for (let n = 0; n < count; n++) {
    const axis = widestAxis(centred, axes);
    if (axis === null) break;
    axes.push(axis);
  }
  return axes;
}

/** Where a point lies along axes. @param places filled from `offset` on */
export function alongAxes(
  point: Float32Array,
  axes: readonly Float64Array[],
  places: Float64Array,
  offset: number,
): void {
  for (let n = 0; n < axes.length; n++) places[offset + n] = product(point, axes[n]);
}

function withoutMean(points: readonly Float32Array[]): Float64Array[] {
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points) addScaled(mean, 1 / points.length, point);
  return points.map((point) => Float64Array.from(point, (value, i) => value - mean[i]));
}

/** Null where nothing is left in which points differ. */
function widestAxis(points: readonly Float64Array[], others: readonly Float64Array[]): Float64Array | null {
  let axis = furthest(points, others);
  for (let round = 0; round < ROUNDS && axis !== null; round++) {
    const next = new Float64Array(axis.length);
    for (const point of points) addScaled(next, product(point, axis), point);
    axis = unitBeside(next, others);
  }
  return axis;
}

/** The direction of the point that lies furthest out, the first of equals. */
function furthest(points: readonly Float64Array[], others: readonly Float64Array[]): Float64Array | null {
  let [best, most] = [points[0], -1];
  for (const point of points) {
    const rest =
      product(point, point) - others.reduce((sum, other) => sum + square(product(point, other)), 0);
    if (rest > most) [best, most] = [point, rest];
  }
  return best ? unitBeside(best.slice(), others) : null;
}

/** Made of unit length and at right angles to others, in place; null where hardly anything is left then. */
function unitBeside(axis: Float64Array, others: readonly Float64Array[]): Float64Array | null {
  const before = Math.sqrt(product(axis, axis));
  for (const other of others) addScaled(axis, -product(axis, other), other);
  const length = Math.sqrt(product(axis, axis));
  if (!(length > 1e-6 * before)) return null;
  for (let i = 0; i < axis.length; i++) axis[i] /= length;
  return axis;
}

type Numbers = Float32Array | Float64Array;

function product(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(to: Float64Array, factor: number, values: Numbers): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * values[i];
}

/** Small sums that every figure needs. */

/** The value that a share of all values lies under; NaN of nothing. */
export function percentile(values, share) {
  const sorted = (values instanceof Float32Array ? values.slice() : Float64Array.from(values)).sort();
  return sorted.length > 0 ? sorted[Math.round(share * (sorted.length - 1))] : Number.NaN;
}

export const median = (values) => percentile(values, 0.5);

/** Largest value; -Infinity of nothing. Takes any length, where Math.max(...values) overflows the stack. */
export const largest = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Share of the items for which `test` holds, 0 to 1; NaN of nothing. */
export function share(items, test) {
  return items.length > 0 ? items.filter(test).length / items.length : Number.NaN;
}

/** Ratio of powers in dB, at least -200. */
export const powerDb = (ratio) => 10 * Math.log10(Math.max(ratio, 1e-20));

/** The number furthest from zero, with its sign. */
export const furthestFromZero = (values) =>
  values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);

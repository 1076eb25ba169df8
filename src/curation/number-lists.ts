/** All of them together, from the first on. */
export function sumOf(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** Each times a factor. */
export function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => factor * value);
}

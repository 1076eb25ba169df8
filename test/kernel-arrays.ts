import {
  type KernelFloats,
  type KernelIntegers,
  KernelWorkspace,
  withWorkspace,
} from '../src/dsp/kernel-memory.ts';

/** Memory of the tests of one file; they are few. */
export const workspace = new KernelWorkspace();

/** Numbers where kernels can read them. */
export function kernelFloats(values: ArrayLike<number>): KernelFloats {
  const floats = workspace.floats(values.length);
  floats.set(values);
  return floats;
}

export function kernelIntegers(values: ArrayLike<number>): KernelIntegers {
  const integers = workspace.integers(values.length);
  integers.set(values);
  return integers;
}

/** Bytes that are free in one piece, to within 64 kB. */
export function largestFree(): number {
  let size = 0;
  for (let step = 2 ** 25; step >= 2 ** 16; step /= 2) {
    try {
      withWorkspace((own) => own.bytes(size + step));
      size += step;
    } catch {
      // Too much.
    }
  }
  return size;
}

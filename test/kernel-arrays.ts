import { type KernelFloats, type KernelIntegers, KernelWorkspace } from '../src/dsp/kernel-memory.ts';

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

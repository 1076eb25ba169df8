import { type KernelDoubles, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { LONGEST_WINDOW } from './spectrum.ts';

const own = new KernelWorkspace();
const frequencies = own.floats(LONGEST_WINDOW / 2);
const steps = own.doubles(LONGEST_WINDOW / 2);

/**
 * Places of a spectrum's partials on a scale, not rounded.
 * @param hertz as many as a spectrum has bins at most
 * @param count how many of them
 * @param reference frequency of step 0, Hz
 * @returns one a partial, until it is called again
 */
export function stepsOf(
  hertz: Float32Array,
  count: number,
  perOctave: number,
  reference: number,
): KernelDoubles {
  frequencies.set(hertz.subarray(0, count));
  kernels.pitchSteps(frequencies, count, perOctave, reference, steps);
  return steps;
}

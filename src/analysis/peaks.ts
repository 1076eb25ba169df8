import { type KernelFloats, KernelWorkspace, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { LONGEST_WINDOW, powersFor, type Spectrometer } from './spectrum.ts';

const own = new KernelWorkspace();
/** Of the longest spectrum, as if every bin were a peak. */
const [frequency, amplitude] = [own.floats(LONGEST_WINDOW / 2), own.floats(LONGEST_WINDOW / 2)];

/** Partials of one spectrum, at most as many as `frequency` holds. */
export interface Peaks {
  count: number;
  /** Hz. */
  readonly frequency: Float32Array;
  /** Amplitude of a sine that would make the peak. */
  readonly amplitude: Float32Array;
}

export function createPeaks(capacity: number): Peaks {
  return { count: 0, frequency: new Float32Array(capacity), amplitude: new Float32Array(capacity) };
}

/** Partials this far under the strongest of a window are side lobes and noise: -60 dB. */
const RANGE = 1e-6;

/**
 * Local maxima of a Hann-windowed power spectrum, placed between bins by the ratio to the larger
 * neighbour (Grandke 1983): exact for a lone steady sine.
 * @param power as the spectrometer measured it
 * @param peaks filled
 */
export function findPeaks(power: Float32Array, spectrometer: Spectrometer, peaks: Peaks): void {
  withWorkspace((lent) => {
    const powers = powersFor(spectrometer, lent);
    powers.set(power);
    findPlacedPeaks(powers, spectrometer, peaks);
  });
}

/** {@link findPeaks} of the power that the spectrometer measured of placed channels. */
export function findPlacedPeaks(
  power: KernelFloats,
  { firstBin, lastBin, binHz }: Spectrometer,
  peaks: Peaks,
): void {
  const count = kernels.findPeaks(power, firstBin, lastBin, RANGE, binHz, frequency, amplitude);
  peaks.frequency.set(frequency.subarray(0, count));
  peaks.amplitude.set(amplitude.subarray(0, count));
  peaks.count = count;
}

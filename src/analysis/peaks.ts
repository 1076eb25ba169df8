import { kernels, memory } from '../dsp/kernels.ts';
import { POWER, SPECTRUM, type Spectrometer } from './spectrum.ts';

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
  memory.floats.set(power, POWER);
  findPeaksAt(spectrometer, peaks);
}

/** {@link findPeaks} of the power that the spectrometer left in the kernels' memory. */
export function findPeaksAt({ firstBin, lastBin, binHz }: Spectrometer, peaks: Peaks): void {
  // They take the place of the spectrum, which nobody needs any more.
  const frequency = SPECTRUM;
  const amplitude = frequency + lastBin;
  const { floats } = memory;
  const count = kernels.findPeaks(4 * POWER, firstBin, lastBin, RANGE, binHz, 4 * frequency, 4 * amplitude);
  peaks.frequency.set(floats.subarray(frequency, frequency + count));
  peaks.amplitude.set(floats.subarray(amplitude, amplitude + count));
  peaks.count = count;
}

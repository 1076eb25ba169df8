import type { Spectrometer } from './spectrum.ts';

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
  const { firstBin, lastBin, binHz } = spectrometer;
  let strongest = 0;
  for (let k = firstBin; k <= lastBin; k++) if (power[k] > strongest) strongest = power[k];
  const least = strongest * RANGE;
  const capacity = peaks.frequency.length;
  let count = 0;
  for (let k = firstBin + 1; k < lastBin && count < capacity; k++) {
    const here = power[k];
    const below = power[k - 1];
    const above = power[k + 1];
    if (here < least || here < below || here <= above) continue;
    const ratio = Math.sqrt(Math.max(above, below) / here);
    const shift = Math.max(0, (2 * ratio - 1) / (ratio + 1));
    peaks.frequency[count] = (k + (above > below ? shift : -shift)) * binHz;
    // The main lobe falls by 1.42 dB half a bin off its centre.
    peaks.amplitude[count] = Math.sqrt(here) * (1 + 0.71 * shift * shift);
    count++;
  }
  peaks.count = count;
}

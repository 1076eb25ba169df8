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

/**
 * Local maxima of a Hann-windowed power spectrum, placed between bins by the ratio to the larger
 * neighbour (Grandke 1983): exact for a lone steady sine.
 * @param leastPower peaks under this are passed over
 * @param peaks filled
 */
export function findPeaks(
  power: Float32Array,
  firstBin: number,
  lastBin: number,
  binHz: number,
  leastPower: number,
  peaks: Peaks,
): void {
  let count = 0;
  const capacity = peaks.frequency.length;
  for (let k = firstBin + 1; k < lastBin && count < capacity; k++) {
    const here = power[k];
    const below = power[k - 1];
    const above = power[k + 1];
    if (here < leastPower || here < below || here <= above) continue;
    const ratio = Math.sqrt(Math.max(above, below) / here);
    const shift = Math.max(0, (2 * ratio - 1) / (ratio + 1));
    peaks.frequency[count] = (k + (above > below ? shift : -shift)) * binHz;
    // The main lobe falls by 1.42 dB half a bin off its centre.
    peaks.amplitude[count] = Math.sqrt(here) * (1 + 0.71 * shift * shift);
    count++;
  }
  peaks.count = count;
}

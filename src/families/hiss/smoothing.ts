/** Bins averaged on either side: a spectrum of noise is smooth, one frame of it is not. */
const REACH = 3;

/** A line of a spectrum averaged over a few neighbouring bins; fewer at its ends. */
export function smoothedSpectrum(line: Float32Array): Float32Array {
  const smoothed = new Float32Array(line.length);
  for (let bin = 0; bin < line.length; bin++) {
    const from = Math.max(0, bin - REACH);
    const to = Math.min(line.length - 1, bin + REACH);
    let sum = 0;
    for (let k = from; k <= to; k++) sum += line[k];
    smoothed[bin] = sum / (to - from + 1);
  }
  return smoothed;
}

/**
 * Floor of a bin's power in the flatness: librosa's 1e-10 for an unscaled spectrum of 2048 points,
 * in the scale of our spectra (-154 dB re a full-scale sine).
 */
const POWER_FLOOR = 3.8e-16;
/** Below this (-140 dBFS for the strongest bins) a frame is taken as silent: it has no shape. */
const SILENT_POWER = 1e-14;
/** Powers whose product is taken before each logarithm: 16 of the least stay above 1e-247. */
const PRODUCT_LENGTH = 16;

/**
 * Spectral flatness: geometric over arithmetic mean of a power spectrum, 0 (tone) to 1 (noise).
 * A silent frame gives 0. One logarithm of a product stands for 16 logarithms.
 */
export function spectralFlatness(power: Float32Array, firstBin: number, lastBin: number): number {
  let sum = 0;
  let logarithm = 0;
  for (let k = firstBin; k <= lastBin; ) {
    const end = Math.min(lastBin + 1, k + PRODUCT_LENGTH);
    let product = 1;
    for (; k < end; k++) {
      const value = power[k] + POWER_FLOOR;
      sum += value;
      product *= value;
    }
    logarithm += Math.log(product);
  }
  const count = lastBin - firstBin + 1;
  if (sum - count * POWER_FLOOR < SILENT_POWER) return 0;
  return Math.min(1, Math.exp(logarithm / count) / (sum / count));
}

/** Centroid of a magnitude spectrum, Hz; 0 for a silent frame. */
export function spectralCentroid(
  magnitude: Float32Array,
  firstBin: number,
  lastBin: number,
  binHz: number,
): number {
  let sum = 0;
  let moment = 0;
  for (let k = firstBin; k <= lastBin; k++) {
    sum += magnitude[k];
    moment += k * magnitude[k];
  }
  return sum * sum < SILENT_POWER ? 0 : (moment / sum) * binHz;
}

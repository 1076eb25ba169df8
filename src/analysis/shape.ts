/**
 * Floor of a bin's power in the flatness: librosa's 1e-10 for an unscaled spectrum of 2048 points,
 * in the scale of our spectra (-154 dB re a full-scale sine).
 */
const POWER_FLOOR = 3.8e-16;
/** Below this (-140 dBFS for the strongest bins) a frame is taken as silent: it has no shape. */
const SILENT_POWER = 1e-14;
/**
 * A source of a lower rate, or one that was once an MP3, holds nothing above some frequency, and bins of nothing
 * would make tones of its noise (white noise at 22.05 kHz measured 0.000): the top counts from the highest bin
 * within 40 dB of the strongest. So white noise measures 0.52 or more, whatever its source's rate; songs 0.3 at
 * most over any two seconds. From 4 kHz down all bins count: tones are tones by the nothing between them.
 */
const TOP_RANGE = 1e-4;
const LEAST_TOP_HZ = 4000;
/** Powers whose product is taken before each logarithm: 16 of the least stay above 1e-247. */
const PRODUCT_LENGTH = 16;

/**
 * Spectral flatness: geometric over arithmetic mean of a power spectrum, 0 (tone) to 1 (noise).
 * Over the bins up to the highest that holds something. A silent frame gives 0. One logarithm of a product
 * stands for 16 logarithms.
 */
export function spectralFlatness(
  power: Float32Array,
  firstBin: number,
  highestBin: number,
  binHz: number,
): number {
  const lastBin = topBin(power, firstBin, highestBin, binHz);
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

function topBin(power: Float32Array, firstBin: number, highestBin: number, binHz: number): number {
  let strongest = 0;
  for (let k = firstBin; k <= highestBin; k++) if (power[k] > strongest) strongest = power[k];
  const least = Math.min(highestBin, Math.ceil(LEAST_TOP_HZ / binHz));
  let top = highestBin;
  while (top > least && power[top] < TOP_RANGE * strongest) top--;
  return top;
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

import type { Random } from './random.ts';

/**
 * Samples at full scale ±1 → 16-bit integers with TPDF dither: the sum of two uniform variables, ±1 LSB peak,
 * which makes mean and variance of the error independent of the signal
 * (Lipshitz, Wannamaker, Vanderkooy, JAES 40, 1992). Noise floor with dither: -96.3 dB RMS re full scale (-101.1 dB without).
 * Values beyond full scale are clamped.
 *
 * @param random one stream a sound; the same seed gives the same bytes
 */
export function ditherTo16Bit(samples: Float32Array, random: Random): Int16Array {
  const quantised = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const noise = random.uniform() - random.uniform();
    quantised[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768 + noise)));
  }
  return quantised;
}

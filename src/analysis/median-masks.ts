import { quantileAlongFrequency, quantileAlongTime } from './rank-filter.ts';

/**
 * The harmonic part of a sound by median filtering of its spectrogram: a tone is a ridge along time, a hit a
 * ridge along frequency, and a median across a ridge removes it (FitzGerald, DAFx-10). The margin, by which
 * the tone has to outweigh the hit, is of Driedger, Müller & Disch, ISMIR 2014.
 */

/** Median widths and margin of a separation. */
interface MedianShape {
  /** Length of the median along time, frames, odd: what outlasts half of it is harmonic. */
  readonly timeWidth: number;
  /** Length of the median along frequency, bins, odd: what is wider than half of it is percussive. */
  readonly frequencyWidth: number;
  /** How far the harmonic median must outweigh the percussive one, in amplitude, 1 or more. */
  readonly margin: number;
}

/**
 * Soft mask of what is harmonic, 0 to 1, of a power spectrogram; 0 where both medians are silent.
 * @param power rows (frames) × columns (bins), row after row; not changed
 */
export function harmonicMask(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: MedianShape,
): Float32Array {
  const mask = quantileAlongTime(power, rows, columns, shape.timeWidth, 0.5);
  const hits = quantileAlongFrequency(power, rows, columns, shape.frequencyWidth, 0.5);
  const margin = shape.margin * shape.margin;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] > 0) mask[i] /= mask[i] + margin * hits[i];
  }
  return mask;
}

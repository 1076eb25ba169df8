import { quantileAlongFrequency, quantileAlongTime } from './rank-filter.ts';

/**
 * Masks for the harmonic and percussive parts of a sound by median filtering of its spectrogram: a tone is a
 * ridge along time, a hit a ridge along frequency, and a median across a ridge removes it
 * (FitzGerald, DAFx-10). The margin that leaves a residual is of Driedger, Müller & Disch, ISMIR 2014.
 */

/** Median widths and margin of a separation. */
export interface SeparationShape {
  /** Length of the median along time, frames, odd: what outlasts half of it is harmonic. */
  readonly timeWidth: number;
  /** Length of the median along frequency, bins, odd: what is wider than half of it is percussive. */
  readonly frequencyWidth: number;
  /** How far one median must outweigh the other, in amplitude, 1 or more; 1 leaves no residual. */
  readonly margin: number;
}

/**
 * Soft masks, 0 to 1, of a power spectrogram; their sum never exceeds 1, what is missing is the residual.
 * @param power rows (frames) × columns (bins), row after row; not changed
 */
export function medianMasks(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: SeparationShape,
): { harmonic: Float32Array; percussive: Float32Array } {
  const harmonic = quantileAlongTime(power, rows, columns, shape.timeWidth, 0.5);
  const percussive = quantileAlongFrequency(power, rows, columns, shape.frequencyWidth, 0.5);
  const margin = shape.margin * shape.margin;
  for (let i = 0; i < power.length; i++) {
    const tone = harmonic[i];
    const hit = percussive[i];
    const sum = tone + hit;
    // Silence belongs to nobody.
    harmonic[i] = sum > 0 ? tone / (tone + margin * hit) : 0;
    percussive[i] = sum > 0 ? hit / (hit + margin * tone) : 0;
  }
  return { harmonic, percussive };
}

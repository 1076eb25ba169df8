/**
 * A texture in some hundred figures that do not change while it goes on: two sounds of which all are equal sound alike,
 * whatever happens in them when (McDermott & Simoncelli 2011). The same figures, made differentiable, are the loss of
 * TexStat (arXiv 2506.04073).
 */
import { realFft } from '../dsp/fft.ts';
import { log2, log10, pow } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { hann } from '../dsp/windows.ts';
import { bandEnvelopes, COMPRESSION, TEXTURE_BANDS } from './texture-envelopes.ts';

/** Lower edges of the octaves of movement, Hz; the last ends at 64 Hz. */
const MODULATION_HZ = [0.5, 1, 2, 4, 8, 16, 32] as const;
/** Movement of one percent, a third of a dB, is not heard: all that is less counts as that much, in power. */
const LEAST_MODULATION = 1e-4;
/** A band that moves by less moves by rounding alone, which has no shape and is in step with nothing. */
const LEAST_VARIATION = 1e-3;

/** Figures of a texture, by {@link textureStatistics}. */
export interface TextureStatistics {
  /** Level of each of the 24 bands, dB, against the whole. */
  readonly levels: Float32Array;
  /** Standard deviation of each band's envelope over its mean: 0.035 is a movement of 1 dB. */
  readonly variations: Float32Array;
  /** Skew of each envelope: above 0 where it has peaks, below where it has gaps. */
  readonly skews: Float32Array;
  /** Correlation of each two bands' envelopes, -1 to 1: of band 1 with 0, 2 with 0, 2 with 1, and so on. */
  readonly correlations: Float32Array;
  /** Power of each envelope's movement in seven octaves from 0.5 to 64 Hz over its mean squared, dB; band after band. */
  readonly modulations: Float32Array;
}

/**
 * Measures a texture; what its level is and how many channels it has makes no difference.
 * Measured: 6 s of stereo at 44.1 kHz take 3 ms.
 * @param parts of one sound, one behind the other; with less than 2 s of them the slow movements are none
 */
export function textureStatistics(parts: readonly Sound[]): TextureStatistics {
  const { rate, courses } = bandEnvelopes(parts);
  const levels = new Float32Array(TEXTURE_BANDS);
  const variations = new Float32Array(TEXTURE_BANDS);
  const skews = new Float32Array(TEXTURE_BANDS);
  for (let band = 0; band < TEXTURE_BANDS; band++) {
    const course = courses[band];
    const mean = average(course);
    levels[band] = (20 / COMPRESSION) * log10(mean);
    for (let i = 0; i < course.length; i++) course[i] = course[i] / mean - 1;
    const { deviation, skew } = moments(course);
    variations[band] = deviation;
    skews[band] = skew;
  }
  return {
    levels,
    variations,
    skews,
    correlations: correlations(courses, variations),
    modulations: modulations(courses, rate),
  };
}

function average(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Of values about 0. */
function moments(values: Float32Array): { deviation: number; skew: number } {
  let [second, third] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const squared = values[i] * values[i];
    second += squared;
    third += squared * values[i];
  }
  const deviation = Math.sqrt(second / values.length);
  if (deviation < LEAST_VARIATION) return { deviation, skew: 0 };
  return { deviation, skew: third / values.length / (deviation * deviation * deviation) };
}

function correlations(courses: readonly Float32Array[], variations: Float32Array): Float32Array {
  const found = new Float32Array((TEXTURE_BANDS * (TEXTURE_BANDS - 1)) / 2);
  let at = 0;
  for (let band = 1; band < TEXTURE_BANDS; band++) {
    for (let other = 0; other < band; other++, at++) {
      const [own, others] = [courses[band], courses[other]];
      const least = Math.min(variations[band], variations[other]);
      if (least < LEAST_VARIATION) continue;
      let sum = 0;
      for (let i = 0; i < own.length; i++) sum += own[i] * others[i];
      found[at] = sum / own.length / (variations[band] * variations[other]);
    }
  }
  return found;
}

function modulations(courses: readonly Float32Array[], rate: number): Float32Array {
  const { length } = courses[0];
  // One of a few sizes, since plans are kept.
  const fft = realFft(pow(2, Math.ceil(log2(Math.max(32, length)))));
  const window = hann(length);
  const frame = new Float32Array(fft.size);
  const spectrum = new Float32Array(fft.size + 2);
  const octaves = MODULATION_HZ.length;
  const found = new Float32Array(courses.length * octaves);
  // A wave's bins under this window add up to its power. A single value has a window of nothing.
  const scale = 2 / fft.size / (window.reduce((sum, weight) => sum + weight * weight, 0) || 1);
  for (const [band, course] of courses.entries()) {
    for (let i = 0; i < length; i++) frame[i] = window[i] * course[i];
    fft.forward(frame, spectrum);
    for (const [octave, lowHz] of MODULATION_HZ.entries()) {
      const first = Math.max(1, Math.round((lowHz * fft.size) / rate));
      const end = Math.min(fft.size / 2, Math.round((2 * lowHz * fft.size) / rate));
      let power = 0;
      for (let k = first; k < end; k++) {
        power += spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
      }
      found[band * octaves + octave] = 10 * log10(scale * power + LEAST_MODULATION);
    }
  }
  return found;
}

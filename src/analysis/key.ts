import { exp, square } from '../dsp/maths.ts';

export interface KeyEstimate {
  /** 0 = C … 11 = B. */
  readonly tonic: number;
  readonly mode: 'maj' | 'min';
  /** 0 to 1, from the margin to the runner-up. */
  readonly confidence: number;
}

/**
 * How often each degree sounds in a key (Albrecht & Shanahan 2013, from 982 pieces). On the archive these
 * agree with known chords where the probe-tone ratings of Krumhansl & Kessler (1982) lean to the dominant.
 */
const PROFILES = {
  maj: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
  min: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
} as const;

/** A margin of this much correlation makes two thirds of full confidence. */
const FIRM_MARGIN = 0.1;
/** Music of this length or longer can have full confidence, s. */
const FIRM_SECONDS = 4;
/** Standard deviation over mean of a profile: under this the pitch classes are noise's. */
const FIRM_CONTRAST = 0.4;

/**
 * Key of a sound by Pearson correlation of its pitch classes with the profiles of all 24 keys (Krumhansl 1990).
 * @param pitchClasses 12 weights, C first
 * @param seconds how long they sounded: a single hit is no key, whatever its pitch
 * @returns null where all weights are equal (silence)
 */
export function estimateKey(pitchClasses: ArrayLike<number>, seconds: number): KeyEstimate | null {
  const weights = standardised(pitchClasses);
  if (!weights) return null;
  let best = { tonic: 0, mode: 'maj' as KeyEstimate['mode'], fit: -1 };
  let runnerUp = -1;
  for (const mode of ['maj', 'min'] as const) {
    const profile = standardised(PROFILES[mode])!;
    for (let tonic = 0; tonic < 12; tonic++) {
      const fit = correlation(weights, profile, tonic);
      if (fit > best.fit) {
        runnerUp = best.fit;
        best = { tonic, mode, fit };
      } else runnerUp = Math.max(runnerUp, fit);
    }
  }
  const firmness = 1 - exp(-(best.fit - runnerUp) / FIRM_MARGIN);
  const contrast = Math.min(1, relativeDeviation(pitchClasses) / FIRM_CONTRAST);
  return {
    tonic: best.tonic,
    mode: best.mode,
    confidence: Math.max(0, best.fit) * firmness * contrast * Math.min(1, seconds / FIRM_SECONDS),
  };
}

function correlation(weights: Float64Array, profile: Float64Array, tonic: number): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += weights[(i + tonic) % 12] * profile[i];
  return sum / 12;
}

/** Zero mean and unit deviation; null where there is no deviation. */
function standardised(values: ArrayLike<number>): Float64Array | null {
  const [mean, deviation] = meanAndDeviation(values);
  if (!(deviation > 1e-9 * Math.abs(mean))) return null;
  return Float64Array.from(values, (value) => (value - mean) / deviation);
}

function relativeDeviation(values: ArrayLike<number>): number {
  const [mean, deviation] = meanAndDeviation(values);
  return deviation / mean;
}

function meanAndDeviation(values: ArrayLike<number>): [mean: number, deviation: number] {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += square(values[i] - mean);
  return [mean, Math.sqrt(squares / values.length)];
}

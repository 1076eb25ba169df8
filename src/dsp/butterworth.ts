/**
 * Butterworth filters of any order as cascades of second-order sections: maximally flat, -3.01 dB at the
 * cutoff (bilinear transform with prewarping, so the cutoff is exact at any rate).
 * Source: A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing, ch. 7.
 */
import { sin, square, tan } from './maths.ts';

/**
 * One second-order section, H(z) = (b0 + b1·z⁻¹ + b2·z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²).
 * A first-order section (odd orders have one) has b2 = a2 = 0.
 */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Highest cutoff in parts of the sample rate; a cutoff above it is taken as it. */
const MAX_CUTOFF = 0.49;
/** Lowest cutoff in parts of the sample rate (0.044 Hz at 44.1 kHz); a cutoff below it is taken as it. */
const MIN_CUTOFF = 1e-6;
/** Where the lower edge of a band goes, in parts of the upper one, when clamping leaves no band. */
const FALLBACK_LOW_EDGE = 0.8;

/**
 * Low-pass: passes 0 Hz unchanged, falls by 6·order dB an octave above the cutoff.
 * @param order whole, at least 1
 * @param cutoffHz clamped to (0, 0.49·sampleRate]
 * @throws RangeError on an order below 1 or not whole
 */
export function butterworthLowPass(order: number, cutoffHz: number, sampleRate: number): Section[] {
  const k = warp(clampCutoff(cutoffHz, sampleRate), sampleRate);
  return prototype(order).map(({ damping }) => {
    if (damping === null) {
      const a0 = 1 + k;
      return { b0: k / a0, b1: k / a0, b2: 0, a1: (k - 1) / a0, a2: 0 };
    }
    const a0 = 1 + damping * k + k * k;
    const gain = (k * k) / a0;
    return {
      b0: gain,
      b1: 2 * gain,
      b2: gain,
      a1: (2 * (k * k - 1)) / a0,
      a2: (1 - damping * k + k * k) / a0,
    };
  });
}

/**
 * High-pass: passes the top unchanged, falls by 6·order dB an octave below the cutoff, nothing at 0 Hz.
 * @param order whole, at least 1
 * @param cutoffHz clamped to (0, 0.49·sampleRate]
 * @throws RangeError on an order below 1 or not whole
 */
export function butterworthHighPass(order: number, cutoffHz: number, sampleRate: number): Section[] {
  const k = warp(clampCutoff(cutoffHz, sampleRate), sampleRate);
  return prototype(order).map(({ damping }) => {
    if (damping === null) {
      const a0 = 1 + k;
      return { b0: 1 / a0, b1: -1 / a0, b2: 0, a1: (k - 1) / a0, a2: 0 };
    }
    const a0 = 1 + damping * k + k * k;
    return {
      b0: 1 / a0,
      b1: -2 / a0,
      b2: 1 / a0,
      a1: (2 * (k * k - 1)) / a0,
      a2: (1 - damping * k + k * k) / a0,
    };
  });
}

/**
 * Band-pass: 0 dB at the (warped) geometric middle, -3.01 dB at both edges, 6·order dB an octave on either
 * side; has 2·order poles.
 * @param order whole, at least 1: of each slope
 * @param lowHz clamped to (0, 0.49·sampleRate]; where that is not below the upper edge, as with a band that
 *   the sample rate cannot hold, 0.8 of the upper edge
 * @param highHz clamped to (0, 0.49·sampleRate]
 * @throws RangeError on an order below 1 or not whole
 */
export function butterworthBandPass(
  order: number,
  lowHz: number,
  highHz: number,
  sampleRate: number,
): Section[] {
  const high = clampCutoff(highHz, sampleRate);
  const low = clampCutoff(lowHz, sampleRate);
  const upper = warp(high, sampleRate);
  const lower = warp(low < high ? low : FALLBACK_LOW_EDGE * high, sampleRate);
  const bandwidth = upper - lower;
  const centre = lower * upper;
  const sections: Section[] = [];
  for (const { damping } of prototype(order)) {
    if (damping === null) sections.push(bandSection(bandwidth, centre));
    else sections.push(...bandSectionPair(damping, bandwidth, centre));
  }
  return sections;
}

/** tan(π·f/rate): the analogue frequency that the bilinear transform maps to f. */
function warp(frequency: number, sampleRate: number): number {
  return tan((Math.PI * frequency) / sampleRate);
}

function clampCutoff(cutoffHz: number, sampleRate: number): number {
  return Math.min(Math.max(cutoffHz, MIN_CUTOFF * sampleRate), MAX_CUTOFF * sampleRate);
}

/**
 * The normalised low-pass, pole pair by pole pair: s² + damping·s + 1, or (damping null) the real pole s + 1.
 */
function prototype(order: number): { damping: number | null }[] {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(`A filter's order must be a whole number above 0, not ${order}.`);
  }
  const sections: { damping: number | null }[] = [];
  for (let pair = 0; pair < Math.floor(order / 2); pair++) {
    sections.push({ damping: 2 * sin((Math.PI * (2 * pair + 1)) / (2 * order)) });
  }
  if (order % 2 === 1) sections.push({ damping: null });
  return sections;
}

/** Analogue s·width / (s² + s·width + square), transformed: unit gain where s² = -square. */
function bandSection(width: number, square: number): Section {
  const a0 = 1 + width + square;
  return {
    b0: width / a0,
    b1: 0,
    b2: -width / a0,
    a1: (2 * (square - 1)) / a0,
    a2: (1 - width + square) / a0,
  };
}

/**
 * The low-pass pair s² + damping·s + 1 under s → (s² + centre)/(bandwidth·s): four poles, returned as two
 * sections whose gains at the centre multiply to 1.
 *
 * With pole p of the pair, the band's poles solve s² - p·bandwidth·s + centre = 0.
 */
function bandSectionPair(damping: number, bandwidth: number, centre: number): Section[] {
  const real = (-damping / 2) * bandwidth;
  const imaginary = Math.sqrt(1 - (damping * damping) / 4) * bandwidth;
  // Square root of the discriminant (p·bandwidth)² - 4·centre.
  const discriminantReal = real * real - imaginary * imaginary - 4 * centre;
  const discriminantImaginary = 2 * real * imaginary;
  const size = Math.sqrt(square(discriminantReal) + square(discriminantImaginary));
  const rootReal = Math.sqrt(Math.max(0, (size + discriminantReal) / 2));
  const rootImaginary =
    Math.sqrt(Math.max(0, (size - discriminantReal) / 2)) * Math.sign(discriminantImaginary || 1);
  return [1, -1].map((sign) => {
    const poleReal = (real + sign * rootReal) / 2;
    const poleImaginary = (imaginary + sign * rootImaginary) / 2;
    const width = -2 * poleReal;
    const square = poleReal * poleReal + poleImaginary * poleImaginary;
    // Each section is s·gain/(s² + s·width + square); the two gains multiply to bandwidth².
    const section = bandSection(width, square);
    const gain = bandwidth / width;
    return { ...section, b0: section.b0 * gain, b2: section.b2 * gain };
  });
}

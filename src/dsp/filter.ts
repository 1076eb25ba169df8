import type { Section } from './butterworth.ts';

/**
 * Running a cascade of sections over one channel: causally, or with zero phase over a one-shot or a ring.
 * All inner arithmetic is double precision. No function changes its input.
 */

/** What is left of a filter's ringing before it is taken as gone: -140 dB. */
const SETTLED = 1e-7;

/** The filter's response to the signal from rest: causal, magnitude |H|. */
export function filter(signal: Float32Array, sections: readonly Section[]): Float32Array {
  const samples = new Float64Array(signal);
  for (const section of sections) run(samples, section, 0, 0);
  return new Float32Array(samples);
}

/**
 * Forward and backward over a one-shot: no phase shift, and **twice the attenuation**: magnitude |H|²,
 * so a Butterworth is -6.02 dB at its cutoff. The ends are continued by odd reflection for as long as the
 * filter rings (at most one length), which keeps them from jumping.
 */
export function filterZeroPhase(signal: Float32Array, sections: readonly Section[]): Float32Array {
  const length = signal.length;
  if (length === 0) return new Float32Array(0);
  const margin = Math.min(length - 1, settlingTime(sections));
  const samples = new Float64Array(length + 2 * margin);
  samples.set(signal, margin);
  for (let n = 1; n <= margin; n++) {
    samples[margin - n] = 2 * signal[0] - signal[n];
    samples[margin + length - 1 + n] = 2 * signal[length - 1] - signal[length - 1 - n];
  }
  for (let direction = 0; direction < 2; direction++) {
    for (const section of sections) runFromConstant(samples, section);
    samples.reverse();
  }
  return new Float32Array(samples.subarray(margin, margin + length));
}

/**
 * Forward and backward over a ring, whose end is its beginning: no phase shift, no seam, and **twice the
 * attenuation**: magnitude |H|², so a Butterworth is -6.02 dB at its cutoff. Each section starts in its
 * periodic steady state, which is solved for, so any length is exact: rotating the ring rotates the result
 * (measured: to -120 dB, down to one-sample rings).
 */
export function filterCircular(ring: Float32Array, sections: readonly Section[]): Float32Array {
  const samples = new Float64Array(ring);
  for (let direction = 0; direction < 2; direction++) {
    for (const section of sections) runPeriodic(samples, section);
    samples.reverse();
  }
  return new Float32Array(samples);
}

/**
 * Time until the cascade's ringing has fallen by 140 dB, in samples.
 * An estimate from the slowest pole; sections of like poles ring a little longer.
 */
function settlingTime(sections: readonly Section[]): number {
  let radius = 0;
  for (const { a1, a2 } of sections) {
    const discriminant = a1 * a1 - 4 * a2;
    const slowest =
      discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(Math.max(0, discriminant))) / 2;
    radius = Math.max(radius, slowest);
  }
  return radius === 0 ? 2 : Math.ceil(Math.log(SETTLED) / Math.log(radius)) + 2;
}

/** State of a section in transposed direct form II. */
interface State {
  readonly first: number;
  readonly second: number;
}

/** One section over the samples, in place. @returns the state after the last sample */
function run(samples: Float64Array, section: Section, first: number, second: number): State {
  const { b0, b1, b2, a1, a2 } = section;
  let s1 = first;
  let s2 = second;
  for (let n = 0; n < samples.length; n++) {
    const x = samples[n];
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    samples[n] = y;
  }
  return { first: s1, second: s2 };
}

/** As if the first sample had always been there. */
function runFromConstant(samples: Float64Array, section: Section): void {
  const { b0, b1, b2, a1, a2 } = section;
  const x = samples[0];
  const y = ((b0 + b1 + b2) / (1 + a1 + a2)) * x;
  const second = b2 * x - a2 * y;
  run(samples, section, b1 * x - a1 * y + second, second);
}

/**
 * As if the samples had gone round for ever. From rest, one round leaves the state f; from state s it would
 * leave A^N·s + f, with A the section's own motion; the periodic state solves s = A^N·s + f.
 * Its free motion is then added to what the run from rest gave.
 */
function runPeriodic(samples: Float64Array, section: Section): void {
  const { a1, a2 } = section;
  const { first, second } = run(samples, section, 0, 0);
  const [p, q, r, t] = power([-a1, 1, -a2, 0], samples.length);
  const determinant = (1 - p) * (1 - t) - q * r;
  let s1 = ((1 - t) * first + q * second) / determinant;
  let s2 = (r * first + (1 - p) * second) / determinant;
  for (let n = 0; n < samples.length && s1 * s1 + s2 * s2 > 1e-40; n++) {
    const y = s1;
    s1 = s2 - a1 * y;
    s2 = -a2 * y;
    samples[n] += y;
  }
}

/** A 2×2 matrix, row after row. */
type Matrix = readonly [number, number, number, number];

/** The matrix to a whole power, by squaring. */
function power(matrix: Matrix, exponent: number): Matrix {
  let result: Matrix = [1, 0, 0, 1];
  let square = matrix;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d] = left;
  const [e, f, g, h] = right;
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}

/**
 * Window functions. Those that take only a length are made once a length and shared: do not write to them.
 */
import { sin, square } from './maths.ts';

const hannWindows = new Map<number, Float32Array>();

/**
 * The periodic Hann window, sin²(πn/length): copies shifted by length/2 sum to 1, as overlap-add wants.
 * Shared between callers: do not change it.
 */
export function hann(length: number): Float32Array {
  let window = hannWindows.get(length);
  if (!window) {
    window = new Float32Array(length);
    for (let n = 0; n < length; n++) window[n] = square(sin((Math.PI * n) / length));
    hannWindows.set(length, window);
  }
  return window;
}

const sineWindows = new Map<number, Float32Array>();

/**
 * The sine window, sin(π(n+½)/length): the root of a Hann window, for analysis and synthesis both. The squares of
 * copies shifted by length/2 sum to 1, shifted by length/4 to 2. Shared between callers: do not change it.
 */
export function sineWindow(length: number): Float32Array {
  let window = sineWindows.get(length);
  if (!window) {
    window = new Float32Array(length);
    for (let n = 0; n < length; n++) window[n] = sin((Math.PI * (n + 0.5)) / length);
    sineWindows.set(length, window);
  }
  return window;
}

/**
 * The Kaiser window as a function of the place x in its support, -1 to 1 (0 is the middle, outside it is 0).
 * @param beta shape; see {@link kaiserBeta}
 */
export function kaiser(beta: number): (x: number) => number {
  const middle = besselI0(beta);
  return (x) => {
    const rest = 1 - x * x;
    return rest < 0 ? 0 : besselI0(beta * Math.sqrt(rest)) / middle;
  };
}

/**
 * The Kaiser shape whose windowed-sinc filter has this stopband attenuation.
 * @param attenuationDb above 50 dB
 * Source: J. F. Kaiser, Nonrecursive digital filter design using the I0-sinh window function, ISCAS 1974.
 */
export function kaiserBeta(attenuationDb: number): number {
  return 0.1102 * (attenuationDb - 8.7);
}

/**
 * Length of the windowed-sinc filter with this attenuation and transition width (Kaiser 1974).
 * @param transition width of the transition band in cycles a sample
 * @returns length in samples, not rounded
 */
export function kaiserLength(attenuationDb: number, transition: number): number {
  return (attenuationDb - 7.95) / (14.36 * transition);
}

/** sin(πx)/(πx). */
function sinc(x: number): number {
  return x === 0 ? 1 : sin(Math.PI * x) / (Math.PI * x);
}

/**
 * Fills a row of an interpolating filter, of unit sum: a constant comes out constant. Tap t weighs the sample
 * t - length/2 + 1 after the one that `place` is counted from.
 * @param row an even number of taps
 * @param place what the row reads, 0 to 1 between the two middle samples
 * @param cutoff in parts of the Nyquist frequency
 * @param window of the place in its support, -1 to 1; see {@link kaiser}
 */
export function fillSincRow(
  row: Float64Array,
  place: number,
  cutoff: number,
  window: (x: number) => number,
): void {
  const half = row.length / 2;
  let sum = 0;
  for (let t = 0; t < row.length; t++) {
    const distance = t - half + 1 - place;
    row[t] = sinc(distance * cutoff) * window(distance / half);
    sum += row[t];
  }
  for (let t = 0; t < row.length; t++) row[t] /= sum;
}

/** Modified Bessel function of the first kind, order 0, by its power series (to double precision below 40). */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-16; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

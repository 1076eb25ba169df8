import { frameCount, type Sound } from './sound.ts';
import { fillSincRow, kaiser, kaiserBeta } from './windows.ts';

/**
 * True peak: the largest value of the continuous signal, looked for at four times the sample rate
 * (ITU-R BS.1770-4, Annex 2), with a longer interpolator than the standard's example.
 *
 * Measured: a full-scale sine at a quarter of the rate, 45° off its peaks, reads 0.00 dB (its samples
 * -3.01); tones up to 0.84 Nyquist within 0.02 dB of the largest of their four-fold samples, which lies up
 * to 0.69 dB under the continuous peak at the very top, by the standard's own design. Within 0.11 dB of
 * ffmpeg's ebur128 on 14 recordings at 8 to 96 kHz.
 */

/** Taps of each interpolating phase. */
const TAPS = 24;
const HALF = TAPS / 2;
const ATTENUATION_DB = 55;
/** Frames whose largest sample is taken together to bound what lies between them. */
const BLOCK = 32;

/**
 * Weights for the places at one, two and three quarters between two samples, folded: the filters of the outer
 * places mirror each other and the middle one mirrors itself, so that sums and differences of samples at equal
 * distances serve all three.
 */
interface Interpolator {
  /** Of sum and difference, for the outer places; of the sum, for the middle. HALF each, outermost sample first. */
  readonly outerSum: Float64Array;
  readonly outerDifference: Float64Array;
  readonly middleSum: Float64Array;
  /** Largest Σ|weight| of the two middle taps, and of all the others, over the places. */
  readonly nearGain: number;
  readonly farGain: number;
}

const INTERPOLATOR = designInterpolator();

/**
 * True peak of a sound, as an amplitude (1 = 0 dBTP); the loudest channel counts.
 *
 * Places that cannot hold the peak are not interpolated: between two samples the signal is at most
 * nearGain · (the larger of the two) + farGain · (the largest within the filter's reach).
 *
 * @param loops the sound goes round: the larger of played once (silence around it) and played for ever
 * @returns 0 for an empty sound; NaN where a sample is not a number
 */
export function truePeak(sound: Sound, loops = false): number {
  let largest = 0;
  for (const channel of sound.channels) {
    largest = truePeakOf(channel, new Float32Array(HALF), new Float32Array(HALF), largest);
    if (loops && frameCount(sound) > 0) largest = truePeakAcrossSeam(channel, largest);
  }
  return largest;
}

/** The peak around the place where a loop's end meets its start, which is all that differs from playing it once. */
function truePeakAcrossSeam(loop: Float32Array, atLeast: number): number {
  const around = (first: number) =>
    Float32Array.from(
      { length: TAPS },
      (_, n) => loop[(((first + n) % loop.length) + loop.length) % loop.length],
    );
  const before = around(-TAPS);
  const after = around(0);
  const seam = new Float32Array(TAPS);
  seam.set(before.subarray(HALF), 0);
  seam.set(after.subarray(0, HALF), HALF);
  return truePeakOf(seam, before.subarray(0, HALF), after.subarray(HALF), atLeast);
}

/**
 * @param before the HALF samples that lead up to the signal, @param after those that follow
 * @param atLeast what is already known of the peak
 */
function truePeakOf(
  signal: Float32Array,
  before: Float32Array,
  after: Float32Array,
  atLeast: number,
): number {
  const { length } = signal;
  const samples = new Float64Array(length + TAPS);
  samples.set(before);
  samples.set(signal, HALF);
  samples.set(after, HALF + length);
  let largest = atLeast;
  for (let n = 0; n < length; n++) {
    const size = Math.abs(signal[n]);
    if (size > largest || Number.isNaN(size)) largest = size;
  }
  // Pairs (n, n+1) of the padded samples whose filter lies inside them.
  for (let start = HALF - 1; start < length + HALF; start += BLOCK) {
    const end = Math.min(start + BLOCK, length + HALF);
    largest = peakBetween(samples, start, end, largest);
  }
  return largest;
}

/** The peak between samples start and end, or `atLeast` where it is larger. */
function peakBetween(samples: Float64Array, start: number, end: number, atLeast: number): number {
  const { outerSum, outerDifference, middleSum, nearGain, farGain } = INTERPOLATOR;
  let local = 0;
  for (let n = start - HALF + 1; n < end + HALF; n++) {
    const size = Math.abs(samples[n]);
    if (size > local) local = size;
  }
  let largest = atLeast;
  if ((nearGain + farGain) * local <= largest) return largest;
  for (let n = start; n < end; n++) {
    const near = Math.max(Math.abs(samples[n]), Math.abs(samples[n + 1]));
    if (nearGain * near + farGain * local <= largest) continue;
    let even = 0;
    let odd = 0;
    let middle = 0;
    for (let t = 0, left = n - HALF + 1, right = n + HALF; t < HALF; t++, left++, right--) {
      const sum = samples[left] + samples[right];
      even += outerSum[t] * sum;
      odd += outerDifference[t] * (samples[left] - samples[right]);
      middle += middleSum[t] * sum;
    }
    // The larger of |even + odd| and |even - odd| is |even| + |odd|.
    const size = Math.max(Math.abs(even) + Math.abs(odd), Math.abs(middle));
    if (size > largest) largest = size;
  }
  return largest;
}

function designInterpolator(): Interpolator {
  const quarter = designRow(1 / 4);
  const middle = designRow(1 / 2);
  const near = (row: Float64Array) => Math.abs(row[HALF - 1]) + Math.abs(row[HALF]);
  const far = (row: Float64Array) => row.reduce((sum, weight) => sum + Math.abs(weight), -near(row));
  const mirrored = Float64Array.from(quarter).reverse();
  return {
    outerSum: quarter.slice(0, HALF).map((weight, t) => (weight + mirrored[t]) / 2),
    outerDifference: quarter.slice(0, HALF).map((weight, t) => (weight - mirrored[t]) / 2),
    middleSum: middle.slice(0, HALF),
    nearGain: Math.max(near(quarter), near(middle)),
    farGain: Math.max(far(quarter), far(middle)),
  };
}

/** The filter that reads `place` (0 to 1) between two samples. */
function designRow(place: number): Float64Array {
  const row = new Float64Array(TAPS);
  fillSincRow(row, place, 1, kaiser(kaiserBeta(ATTENUATION_DB)));
  return row;
}

import { fillSincRow, kaiser, kaiserBeta, kaiserLength } from './windows.ts';

/**
 * Reading a sound at any place and speed, as grains do: band-limited interpolation by a windowed sinc
 * (Kaiser) that widens with the speed, so that what would pass the new Nyquist frequency is gone before it
 * could fold back. For whole sounds and exact rate ratios, resample.ts is flatter.
 *
 * Measured for ratios 0.25 to 4, in parts of the lower Nyquist frequency (the source's, or the source's
 * over the ratio): flat within 0.01 dB to 0.73, -6 dB at 0.87, alias and image of everything from 1 on below -80 dB.
 */

/** Sinc zero crossings on either side at ratio 1. */
const HALF_WIDTH = 20;
const ATTENUATION_DB = 84;
/** Stored phases at ratio 1: linear interpolation between them errs by (π/256)²/8, -94 dB. */
const PHASES = 256;
/** Filters kept; a cloud in whole semitones needs fewer. */
const MAX_KERNELS = 64;

/** Weights of one ratio: (phases + 1) rows of `taps`; row p reads a place p/phases after a sample. */
interface Kernel {
  /** A multiple of 4. */
  readonly taps: number;
  readonly phases: number;
  readonly weights: Float64Array;
}

const kernels = new Map<number, Kernel>();

/**
 * Reads `count` samples of one channel from a fractional place on:
 * output[n] = source at position + n·ratio. Samples outside the source are zero.
 *
 * At ratio 1 from a whole position it is a plain copy. The filter of a ratio is made once and kept
 * (64 of them), so speeds that come again, such as semitones, are cheaper than speeds that do not.
 *
 * @param position in samples of the source; any finite number
 * @param ratio speed, above 0: 2 is an octave up and reads 2·count samples of source
 * @param output filled from 0 to `count`; at least that long
 * @returns output
 * @throws RangeError unless ratio is finite and above 0
 */
export function renderGrain(
  source: Float32Array,
  position: number,
  ratio: number,
  output: Float32Array,
  count = output.length,
): Float32Array {
  if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`A reading speed must be finite and above 0, not ${ratio}.`);
  }
  if (count <= 0) return output;
  if (ratio === 1 && Number.isInteger(position)) {
    excerpt(source, position, count, output);
    return output;
  }
  const kernel = kernelFor(ratio);
  const first = Math.floor(position) - kernel.taps / 2 + 1;
  const last = Math.floor(position + (count - 1) * ratio) + kernel.taps / 2;
  const samples = excerpt(source, first, last - first + 1, new Float64Array(last - first + 1));
  interpolate(samples, position - Math.floor(position), ratio, kernel, output, count);
  return output;
}

/** output[n] = source[first + n] for n from 0 to count, zero where there is no source. */
function excerpt<Samples extends Float32Array | Float64Array>(
  source: Float32Array,
  first: number,
  count: number,
  output: Samples,
): Samples {
  const from = Math.min(Math.max(0, -first), count);
  const to = Math.max(from, Math.min(count, source.length - first));
  output.fill(0, 0, from);
  output.set(source.subarray(first + from, first + to), from);
  output.fill(0, to, count);
  return output;
}

/** @param samples from the first one that the first output hears; @param start its place, 0 to 1, between the middle taps */
function interpolate(
  samples: Float64Array,
  start: number,
  ratio: number,
  kernel: Kernel,
  output: Float32Array,
  count: number,
): void {
  const { taps, phases, weights } = kernel;
  for (let n = 0; n < count; n++) {
    const place = start + n * ratio;
    const at = Math.floor(place);
    const exact = (place - at) * phases;
    const phase = Math.floor(exact);
    const low = phase * taps;
    const high = low + taps;
    let lowEven = 0;
    let lowOdd = 0;
    let highEven = 0;
    let highOdd = 0;
    for (let t = 0; t < taps; t += 2) {
      const even = samples[at + t];
      const odd = samples[at + t + 1];
      lowEven += even * weights[low + t];
      highEven += even * weights[high + t];
      lowOdd += odd * weights[low + t + 1];
      highOdd += odd * weights[high + t + 1];
    }
    const here = lowEven + lowOdd;
    output[n] = here + (exact - phase) * (highEven + highOdd - here);
  }
}

function kernelFor(ratio: number): Kernel {
  // Slower than the source nothing can fold back: one filter serves them all.
  const speed = Math.max(1, ratio);
  let kernel = kernels.get(speed);
  if (!kernel) {
    if (kernels.size >= MAX_KERNELS) kernels.clear();
    kernel = designKernel(speed);
    kernels.set(speed, kernel);
  }
  return kernel;
}

function designKernel(speed: number): Kernel {
  const half = 2 * Math.ceil((HALF_WIDTH * speed) / 2);
  const taps = 2 * half;
  // A wider filter changes more slowly from sample to sample: fewer phases are as exact.
  const phases = Math.ceil(PHASES / speed);
  // The transition ends at the lower Nyquist frequency; kaiserLength is width ∝ 1/transition.
  const transition = kaiserLength(ATTENUATION_DB, 1) / taps;
  const cutoff = 1 / speed - transition;
  const window = kaiser(kaiserBeta(ATTENUATION_DB));
  const weights = new Float64Array((phases + 1) * taps);
  // Row phases - p is row p mirrored, so half of them are enough.
  for (let p = 0; 2 * p <= phases; p++) {
    const row = weights.subarray(p * taps, (p + 1) * taps);
    fillSincRow(row, p / phases, cutoff, window);
    const mirrored = weights.subarray((phases - p) * taps, (phases - p + 1) * taps);
    for (let t = 0; t < taps; t++) mirrored[taps - 1 - t] = row[t];
  }
  return { taps, phases, weights };
}

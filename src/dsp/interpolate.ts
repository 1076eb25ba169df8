import { FREE, kernels, memory } from './kernels.ts';
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
/** Six octaves up: its filter, and what a block of outputs hears, still fit into the kernel's memory. */
const FASTEST = 64;
/** Outputs of one call of the kernel at most; fewer where they hear more source than its memory holds. */
const BLOCK = 16_384;
/** Filters kept; a cloud in whole semitones needs fewer. */
const MAX_KERNELS = 64;

/** Weights of one ratio: (phases + 1) rows of `taps`; row p reads a place p/phases after a sample. */
interface Kernel {
  /** A multiple of 4. */
  readonly taps: number;
  readonly phases: number;
  readonly weights: Float32Array;
}

const designs = new Map<number, Kernel>();

/**
 * Reads `count` samples of one channel from a fractional place on:
 * output[n] = source at position + n·ratio. Samples outside the source are zero.
 *
 * At ratio 1 from a whole position it is a plain copy. The filter of a ratio is made once and kept
 * (64 of them), so speeds that come again, such as semitones, are cheaper than speeds that do not.
 *
 * @param position in samples of the source; any finite number
 * @param ratio speed, above 0 and at most 64: 2 is an octave up and reads 2·count samples of source
 * @param output filled from 0 to `count`; at least that long
 * @returns output
 * @throws RangeError unless the ratio is one
 */
export function renderGrain(
  source: Float32Array,
  position: number,
  ratio: number,
  output: Float32Array,
  count = output.length,
): Float32Array {
  if (!(ratio > 0 && ratio <= FASTEST)) {
    throw new RangeError(`A reading speed must be above 0 and at most ${FASTEST}, not ${ratio}.`);
  }
  if (count <= 0) return output;
  if (ratio === 1 && Number.isInteger(position)) {
    excerpt(source, position, count, output);
    return output;
  }
  const kernel = kernelFor(ratio);
  memory.floats.set(kernel.weights, FREE >> 2);
  const room = (memory.floats.length - (FREE >> 2) - kernel.weights.length - 2 * kernel.taps) / (ratio + 1);
  const block = Math.min(BLOCK, Math.floor(room));
  for (let done = 0; done < count; done += block) {
    const part = output.subarray(done, Math.min(count, done + block));
    interpolate(source, position + done * ratio, ratio, kernel, part);
  }
  return output;
}

/** output[n] = source[first + n] for n from 0 to count, zero where there is no source. */
function excerpt(source: Float32Array, first: number, count: number, output: Float32Array): void {
  const from = Math.min(Math.max(0, -first), count);
  const to = Math.max(from, Math.min(count, source.length - first));
  output.fill(0, 0, from);
  output.set(source.subarray(first + from, first + to), from);
  output.fill(0, to, count);
}

/** Fills the output, with the kernel's weights at the start of the free memory. */
function interpolate(
  source: Float32Array,
  position: number,
  ratio: number,
  { taps, phases, weights }: Kernel,
  output: Float32Array,
): void {
  const before = Math.floor(position);
  const place = position - before;
  const heard = Math.floor(place + (output.length - 1) * ratio) + taps;
  const samplesAt = (FREE >> 2) + weights.length;
  const outputAt = samplesAt + heard;
  excerpt(source, before - taps / 2 + 1, heard, memory.floats.subarray(samplesAt, outputAt));
  kernels.readBetween(
    ...([4 * samplesAt, place, ratio] as const),
    ...([FREE, taps, phases, 4 * outputAt, output.length] as const),
  );
  output.set(memory.floats.subarray(outputAt, outputAt + output.length));
}

function kernelFor(ratio: number): Kernel {
  // Slower than the source nothing can fold back: one filter serves them all.
  const speed = Math.max(1, ratio);
  let kernel = designs.get(speed);
  if (!kernel) {
    if (designs.size >= MAX_KERNELS) designs.clear();
    kernel = designKernel(speed);
    designs.set(speed, kernel);
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
  const weights = new Float32Array((phases + 1) * taps);
  const row = new Float64Array(taps);
  // Row phases - p is row p mirrored, so half of them are enough.
  for (let p = 0; 2 * p <= phases; p++) {
    fillSincRow(row, p / phases, cutoff, window);
    weights.set(row, p * taps);
    const mirrored = weights.subarray((phases - p) * taps, (phases - p + 1) * taps);
    for (let t = 0; t < taps; t++) mirrored[taps - 1 - t] = row[t];
  }
  return { taps, phases, weights };
}

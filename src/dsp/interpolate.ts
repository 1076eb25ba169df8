import { copyIn, FREE, kernels, memory } from './kernels.ts';
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
export const GRAIN_BLOCK = 16_384;
/** Filters kept; a cloud in whole semitones needs fewer. */
const MAX_KERNELS = 64;

/** Reads at one ratio: `phases` rows of weights, row p for a place p / phases after a sample. */
interface Kernel {
  /** Samples that are heard before the one that a row counts from. */
  readonly before: number;
  /** A multiple of 8, which zeros fill up to. */
  readonly taps: number;
  readonly phases: number;
  /** A row is `taps` weights, then what each of them gains up to the next row. */
  readonly rows: Float32Array;
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
  const reader = loadReader(ratio, FREE + 4 * GRAIN_BLOCK);
  const { floats } = memory;
  for (let done = 0; done < count; done += reader.most) {
    const length = Math.min(reader.most, count - done);
    readGrain(reader, [source], position + done * ratio, [FREE], length);
    output.set(floats.subarray(FREE >> 2, (FREE >> 2) + length), done);
  }
  return output;
}

/** The filter of a ratio in the kernels' memory, for as long as nobody else uses that. */
export interface GrainReader {
  readonly ratio: number;
  /** Outputs that {@link readGrain} gives at a time at most: {@link GRAIN_BLOCK}, fewer where they hear a lot of source. */
  readonly most: number;
  readonly before: number;
  readonly taps: number;
  readonly phases: number;
  readonly rowsAt: number;
  /** Where the stretches of source lie that are heard, of up to two channels. */
  readonly samplesAt: readonly number[];
}

/**
 * Makes ready to read at a ratio.
 * @param deskAt address from which on all of the kernels' memory is the reader's
 * @throws RangeError unless the ratio is above 0 and at most 64
 */
export function loadReader(ratio: number, deskAt: number): GrainReader {
  if (!(ratio > 0 && ratio <= FASTEST)) {
    throw new RangeError(`A reading speed must be above 0 and at most ${FASTEST}, not ${ratio}.`);
  }
  const { before, taps, phases, rows } = kernelFor(ratio);
  const { floats } = memory;
  floats.set(rows, deskAt >> 2);
  const left = (deskAt >> 2) + rows.length;
  const room = (floats.length - left) >> 1;
  return {
    ratio,
    most: Math.min(GRAIN_BLOCK, Math.floor((room - 2 * taps) / ratio)),
    before,
    taps,
    phases,
    rowsAt: deskAt,
    samplesAt: [4 * left, 4 * (left + room)],
  };
}

/**
 * As {@link renderGrain}, into the kernels' memory.
 * @param sources one channel or two
 * @param outputsAt address of as many outputs, of each channel
 * @param count at most the reader's `most`
 */
export function readGrain(
  { ratio, before, taps, phases, rowsAt, samplesAt }: GrainReader,
  sources: readonly Float32Array[],
  position: number,
  outputsAt: readonly number[],
  count: number,
): void {
  if (ratio === 1 && Number.isInteger(position)) {
    for (let c = 0; c < sources.length; c++) copyIn(sources[c], position, count, outputsAt[c]);
    return;
  }
  const whole = Math.floor(position);
  const place = position - whole;
  const heard = Math.floor(place + (count - 1) * ratio) + taps;
  for (let c = 0; c < sources.length; c++) copyIn(sources[c], whole - before, heard, samplesAt[c]);
  // Two channels take little longer than one, so a single one is read twice.
  const second = sources.length - 1;
  kernels.readBetween(
    ...([samplesAt[0], samplesAt[second], place, ratio, rowsAt, taps, phases] as const),
    ...([outputsAt[0], outputsAt[second], count] as const),
  );
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
  const filled = 8 * Math.ceil(taps / 8);
  const rows = new Float32Array(2 * phases * filled);
  for (let p = 0; p < phases; p++) {
    for (let t = 0, at = p * taps; t < taps; t++, at++) {
      rows[2 * p * filled + t] = weights[at];
      rows[(2 * p + 1) * filled + t] = weights[at + taps] - weights[at];
    }
  }
  return { before: half - 1, taps: filled, phases, rows };
}

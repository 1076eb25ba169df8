import { copySamples, type KernelFloats, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
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
/** Six octaves up. */
const FASTEST = 64;
/** Outputs of one call of the kernel at most; fewer where they are read from more source than there is room for. */
export const GRAIN_BLOCK = 16_384;
/** Samples of source that there is room for, of each channel: enough for whole blocks up to four octaves up. */
const SOURCE_ROOM = 340_000;
/** Numbers of the longest filter: 25 600, at ratios just under 64. */
const ROWS_ROOM = 26_000;
/** Filters kept; a cloud in whole semitones needs fewer. */
const MAX_KERNELS = 64;

/** Reads at one ratio: `phases` rows of weights, row p for a place p / phases after a sample. */
interface Kernel {
  /** Samples that are read before the one that a row counts from. */
  readonly before: number;
  /** A multiple of 8, which zeros fill up to. */
  readonly taps: number;
  readonly phases: number;
  /** A row is `taps` weights, then what each of them gains up to the next row. */
  readonly rows: Float32Array;
}

const designs = new Map<number, Kernel>();

/**
 * Reads one channel or two at a ratio, a block at a time: output[n] = source at position + n·ratio. Samples outside the source
 * are zero. Two channels together take hardly longer than one.
 *
 * At ratio 1 from a whole position it is a plain copy. The filter of a ratio is made once and kept
 * (64 of them), so speeds that come again, such as semitones, are cheaper than speeds that do not.
 */
export class GrainReader {
  readonly #own = new KernelWorkspace();
  readonly #rows = this.#own.floats(ROWS_ROOM);
  readonly #samples = [this.#own.floats(SOURCE_ROOM), this.#own.floats(SOURCE_ROOM)] as const;
  #filter: Kernel | undefined;
  #ratio = 1;

  /**
   * @param ratio speed: 2 is an octave up and reads twice as many samples of source as it gives
   * @throws RangeError unless it is above 0 and at most 64
   */
  setRatio(ratio: number): void {
    if (!(ratio > 0 && ratio <= FASTEST)) {
      throw new RangeError(`A reading speed must be above 0 and at most ${FASTEST}, not ${ratio}.`);
    }
    this.#ratio = ratio;
    const filter = kernelFor(ratio);
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#rows.set(filter.rows);
  }

  get ratio(): number {
    return this.#ratio;
  }

  /** Outputs that {@link read} gives at a time at most: {@link GRAIN_BLOCK}, fewer where they are read from a lot of source. */
  get most(): number {
    return Math.min(GRAIN_BLOCK, Math.floor((SOURCE_ROOM - 2 * this.#loaded().taps) / this.#ratio));
  }

  /**
   * @param sources one channel or two
   * @param position in samples of the source; any finite number
   * @param outputs of each channel, filled with `count` samples
   * @param count at most {@link most}
   */
  read(
    sources: readonly Float32Array[],
    position: number,
    outputs: readonly KernelFloats[],
    count: number,
  ): void {
    const ratio = this.#ratio;
    if (ratio === 1 && Number.isInteger(position)) {
      for (let c = 0; c < sources.length; c++) copySamples(sources[c], position, count, outputs[c]);
      return;
    }
    const { before, taps, phases } = this.#loaded();
    const whole = Math.floor(position);
    const place = position - whole;
    const length = Math.floor(place + (count - 1) * ratio) + taps;
    for (let c = 0; c < sources.length; c++) {
      copySamples(sources[c], whole - before, length, this.#samples[c]);
    }
    // Two channels take little longer than one, so a single one is read twice.
    const second = sources.length - 1;
    const [left, right] = [this.#samples[0], this.#samples[second]];
    const [leftOutput, rightOutput] = [outputs[0], outputs[second]];
    const rows = this.#rows;
    if (place === 0 && Number.isInteger(ratio)) {
      // Octaves, of grains from whole places on: nothing lies between two rows.
      kernels.readEvery(left, right, ratio, rows, taps, leftOutput, rightOutput, count);
      return;
    }
    kernels.readBetween(left, right, place, ratio, rows, taps, phases, leftOutput, rightOutput, count);
  }

  #loaded(): Kernel {
    if (!this.#filter) throw new RangeError('A reader needs a speed before it reads.');
    return this.#filter;
  }

  release(): void {
    this.#own.release();
  }
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

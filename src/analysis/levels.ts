import { keepShape } from '../dsp/keep-shape.ts';
import { type KernelFloats, type KernelStruct, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Level, peak and offset of each cell, about the slowly moving offset that reading takes away. */
interface Levels {
  readonly dc: readonly number[];
  readonly power: Float32Array;
  readonly peak: Float32Array;
  readonly drift: Float32Array;
  readonly remainingDc: Float32Array;
}

/**
 * Cells on either side over which an offset is followed: half a second in all, twice over, which leaves
 * nothing of any note (a sine of 20 Hz: under -70 dB) and follows an offset that moves with the music.
 */
const BASELINE_REACH = 21;
const WINDOW = 2 * BASELINE_REACH + 1;
/** Cells measured at a time: at every rate, their samples fit into a processor's second cache. */
const GROUP = 16;

/** Cells of which the sums are kept until the offset at their time is known: it is followed 42 cells behind. */
const KEPT = 128;

/**
 * A meter for a source. It keeps a short while the sum, the sum of squares, the least and the largest sample of each cell
 * and channel, so power and peak about the offset come out exactly once that is known.
 */
export class LevelMeter {
  readonly #channelCount: number;
  readonly #frameCount: number;
  readonly #hop: number;
  readonly #power: Float32Array;
  readonly #peak: Float32Array;
  readonly #drift: Float32Array;
  readonly #remainingDc: Float32Array;
  readonly #totals: Float64Array;
  /** Sum, energy, least and greatest sample of each cell. */
  readonly #kept: Float64Array;
  readonly #followers: ((sum: number) => void)[];
  readonly #own = new KernelWorkspace();
  readonly #group: KernelFloats;
  readonly #sums: readonly KernelStruct<'LevelSums'>[];
  #nextCell = 0;

  /** @param frameCount of the source, in cells of `hop` */
  constructor(channelCount: number, frameCount: number, hop: number) {
    const cellCount = Math.ceil(frameCount / hop);
    this.#channelCount = channelCount;
    this.#frameCount = frameCount;
    this.#hop = hop;
    this.#power = new Float32Array(cellCount);
    this.#peak = new Float32Array(cellCount);
    this.#drift = new Float32Array(cellCount);
    this.#remainingDc = new Float32Array(cellCount);
    this.#totals = new Float64Array(channelCount);
    this.#kept = new Float64Array(4 * KEPT * channelCount);
    this.#followers = Array.from({ length: channelCount }, (_, c) => {
      let cell = 0;
      return followOffset(frameCount, hop, (offset) => this.#measure(c, cell++, offset));
    });
    this.#group = this.#own.floats(GROUP * hop);
    this.#sums = this.#own.structs('LevelSums', GROUP);
  }

  /**
   * Measures whole cells; cells come in order, and only the very last may be short.
   * @param offset index of the first cell's first sample in each channel
   * @param count samples in all
   */
  add(channels: readonly Float32Array[], offset: number, count: number): void {
    const most = GROUP * this.#hop;
    for (let done = 0; done < count; done += most) {
      const length = Math.min(most, count - done);
      for (let c = 0; c < this.#channelCount; c++) this.#addGroup(channels[c], c, offset + done, length);
      this.#nextCell += Math.ceil(length / this.#hop);
    }
  }

  #addGroup(samples: Float32Array, c: number, offset: number, count: number): void {
    const kept = this.#kept;
    const follow = this.#followers[c];
    this.#group.set(samples.subarray(offset, offset + count));
    kernels.cellLevels(this.#group, count, this.#hop, this.#sums[0]);
    const cells = Math.ceil(count / this.#hop);
    for (let i = 0; i < cells; i++) {
      const { sum, energy, least, greatest } = this.#sums[i];
      const place = placeOf(c, this.#nextCell + i);
      kept[place] = sum;
      kept[place + 1] = energy;
      kept[place + 2] = least;
      kept[place + 3] = greatest;
      this.#totals[c] += sum;
      follow(sum);
    }
  }

  /** A cell of a channel, about the offset that is now known. */
  #measure(c: number, cell: number, offset: number): void {
    const kept = this.#kept;
    const at = placeOf(c, cell);
    const count = Math.min(this.#hop, this.#frameCount - cell * this.#hop);
    const mean = kept[at] / count;
    const meanSquare = kept[at + 1] / count - 2 * offset * mean + offset * offset;
    this.#power[cell] += Math.max(0, meanSquare) / this.#channelCount;
    this.#peak[cell] = Math.max(this.#peak[cell], kept[at + 3] - offset, offset - kept[at + 2]);
    this.#drift[cell] += offset / this.#channelCount;
    this.#remainingDc[cell] += (mean - offset) / this.#channelCount;
  }

  finish(): Levels {
    const frames = this.#frameCount;
    const dc = Array.from(this.#totals, (total) => (frames > 0 ? total / frames : 0));
    const mean = dc.reduce((sum, offset) => sum + offset, 0) / this.#channelCount;
    const drift = this.#drift;
    for (let cell = 0; cell < drift.length; cell++) drift[cell] -= mean;
    return { dc, power: this.#power, peak: this.#peak, drift, remainingDc: this.#remainingDc };
  }

  /** Gives its memory back; nothing more can be measured. */
  release(): void {
    this.#own.release();
  }
}

/** Where the sums of a cell are kept. */
function placeOf(c: number, cell: number): number {
  return 4 * (c * KEPT + (cell % KEPT));
}

/**
 * Follows the offset of a channel through its cells' sums, smoothed twice; the last cell, maybe short, weighs what it holds.
 * @param give called with the offset at one cell after the other, as soon as it is known
 * @returns to be called with the sum of one cell after the other
 */
function followOffset(
  frameCount: number,
  hop: number,
  give: (offset: number) => void,
): (sum: number) => void {
  const cellCount = Math.ceil(frameCount / hop);
  const width = Math.min(WINDOW, cellCount);
  // Mean length of the cells of a window: only the last window holds the last cell.
  const lastMean = (frameCount - (cellCount - width) * hop) / width;
  const again = smooth(cellCount, give);
  return smooth(cellCount, (mean, isLast) => again(mean / (isLast ? lastMean : hop)));
}

/**
 * Moving average over {@link BASELINE_REACH} values either side; near an end, that of the nearest whole window.
 * @param give called with the mean about one value after the other, and whether its window is the last
 * @returns to be called with `count` values
 */
function smooth(count: number, give: (mean: number, isLast: boolean) => void): (value: number) => void {
  const width = Math.min(WINDOW, count);
  const window = new Float64Array(width);
  let taken = 0;
  let given = 0;
  let sum = 0;
  return (value) => {
    sum += value;
    if (taken >= width) sum -= window[taken % width];
    window[taken % width] = value;
    taken++;
    if (taken < width) return;
    const isLast = taken === count;
    const end = isLast ? count : taken - width + BASELINE_REACH + 1;
    for (; given < end; given++) give(sum / width, isLast);
  };
}

keepShape(new LevelMeter(1, 0, 512));

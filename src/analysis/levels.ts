import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Level, peak and offset of each cell, about the slowly moving offset that reading takes away. */
interface Levels {
  readonly dc: readonly number[];
  readonly power: Float32Array;
  readonly peak: Float32Array;
  readonly drift: Float32Array;
  readonly remainingDc: Float32Array;
}

export interface LevelMeter {
  /**
   * Measures whole cells; cells come in order, and only the very last may be short.
   * @param offset index of the first cell's first sample in each channel
   * @param count samples in all
   */
  add(channels: readonly Float32Array[], offset: number, count: number): void;
  finish(): Levels;
  /** Gives its memory back; nothing more can be measured. */
  release(): void;
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
 * A meter for a source, in cells of `hop` samples. It keeps a short while the sum, the sum of squares, the least and the
 * largest sample of each cell and channel, so power and peak about the offset come out exactly once that is known.
 */
export function createLevelMeter(channelCount: number, frameCount: number, hop: number): LevelMeter {
  const cellCount = Math.ceil(frameCount / hop);
  const power = new Float32Array(cellCount);
  const peak = new Float32Array(cellCount);
  const drift = new Float32Array(cellCount);
  const remainingDc = new Float32Array(cellCount);
  const totals = new Float64Array(channelCount);
  /** Sum, energy, least and greatest sample of each cell. */
  const kept = new Float64Array(4 * KEPT * channelCount);
  const followers = Array.from({ length: channelCount }, (_, c) => {
    let cell = 0;
    return followOffset(frameCount, hop, (offset) => measure(c, cell++, offset));
  });
  const own = new KernelWorkspace();
  const group = own.floats(GROUP * hop);
  const sums = own.structs('LevelSums', GROUP);
  let nextCell = 0;

  /** Where the sums of a cell are kept. */
  const placeOf = (c: number, cell: number) => 4 * (c * KEPT + (cell % KEPT));

  function measure(c: number, cell: number, offset: number): void {
    const at = placeOf(c, cell);
    const count = Math.min(hop, frameCount - cell * hop);
    const mean = kept[at] / count;
    const meanSquare = kept[at + 1] / count - 2 * offset * mean + offset * offset;
    power[cell] += Math.max(0, meanSquare) / channelCount;
    peak[cell] = Math.max(peak[cell], kept[at + 3] - offset, offset - kept[at + 2]);
    drift[cell] += offset / channelCount;
    remainingDc[cell] += (mean - offset) / channelCount;
  }

  function add(channels: readonly Float32Array[], offset: number, count: number): void {
    for (let done = 0; done < count; done += GROUP * hop) {
      const length = Math.min(GROUP * hop, count - done);
      for (let c = 0; c < channelCount; c++) addGroup(channels[c], c, offset + done, length);
      nextCell += Math.ceil(length / hop);
    }
  }

  function addGroup(samples: Float32Array, c: number, offset: number, count: number): void {
    group.set(samples.subarray(offset, offset + count));
    kernels.cellLevels(group, count, hop, sums[0]);
    for (let i = 0, cell = nextCell; i * hop < count; i++, cell++) {
      const { sum, energy, least, greatest } = sums[i];
      const place = placeOf(c, cell);
      kept[place] = sum;
      kept[place + 1] = energy;
      kept[place + 2] = least;
      kept[place + 3] = greatest;
      totals[c] += kept[place];
      followers[c](kept[place]);
    }
  }

  function finish(): Levels {
    const dc = Array.from(totals, (total) => (frameCount > 0 ? total / frameCount : 0));
    const mean = dc.reduce((sum, offset) => sum + offset, 0) / channelCount;
    for (let cell = 0; cell < cellCount; cell++) drift[cell] -= mean;
    return { dc, power, peak, drift, remainingDc };
  }

  return { add, finish, release: () => own.release() };
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

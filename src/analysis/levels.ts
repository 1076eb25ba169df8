import { FREE, kernels, memory } from '../dsp/kernels.ts';

/** Level, peak, offset and clipping of each cell, about the slowly moving offset that reading takes away. */
interface Levels {
  readonly dc: readonly number[];
  readonly power: Float32Array;
  readonly peak: Float32Array;
  readonly drift: Float32Array;
  readonly remainingDc: Float32Array;
  readonly clipped: Uint16Array;
}

export interface LevelMeter {
  /**
   * Measures whole cells; cells come in order, and only the very last may be short.
   * @param offset index of the first cell's first sample in each channel
   * @param count samples in all
   */
  add(channels: readonly Float32Array[], offset: number, count: number): void;
  finish(): Levels;
}

/**
 * Cells on either side over which an offset is followed: half a second in all, twice over, which leaves
 * nothing of any note (a sine of 20 Hz: under -70 dB) and follows an offset that moves with the music.
 */
const BASELINE_REACH = 21;
/** Converters and encoders that clip stop a hair under full scale: -0.009 dB. */
const CLIP_LEVEL = 0.999;
/** Cells measured at a time: at every rate, their samples fit into a processor's second cache. */
const GROUP = 16;
/** Where in the kernels' memory the four sums of each cell stand, in doubles, and the samples. */
const SUMS = FREE >> 3;
const SAMPLES = (FREE >> 2) + 8 * GROUP;

/**
 * A meter for `cellCount` cells of `hop` samples. It keeps the sum, the sum of squares, the least and the largest
 * sample of each cell and channel, so power and peak about the offset come out exactly once that is known.
 */
export function createLevelMeter(channelCount: number, cellCount: number, hop: number): LevelMeter {
  const size = channelCount * cellCount;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  const least = new Float32Array(size);
  const largest = new Float32Array(size);
  const clipped = new Uint16Array(cellCount);
  const trailing = new Int32Array(channelCount);
  const { doubles, floats } = memory;
  let nextCell = 0;
  let lastLength = hop;

  /** Counts samples in runs of two or more at full scale; a run may cross into the next cell. */
  function countClipped(
    samples: Float32Array,
    offset: number,
    count: number,
    cell: number,
    run: number,
  ): number {
    for (let n = offset; n < offset + count; n++) {
      if (Math.abs(samples[n]) < CLIP_LEVEL) {
        run = 0;
        continue;
      }
      run++;
      if (run === 2) clipped[n === offset ? cell - 1 : cell]++;
      if (run >= 2) clipped[cell]++;
    }
    return run;
  }

  function add(channels: readonly Float32Array[], offset: number, count: number): void {
    for (let done = 0; done < count; done += GROUP * hop) {
      const length = Math.min(GROUP * hop, count - done);
      for (let c = 0; c < channelCount; c++) addGroup(channels[c], c, offset + done, length);
      nextCell += Math.ceil(length / hop);
    }
    lastLength = count % hop || hop;
  }

  function addGroup(samples: Float32Array, c: number, offset: number, count: number): void {
    floats.set(samples.subarray(offset, offset + count), SAMPLES);
    kernels.cellLevels(4 * SAMPLES, count, hop, 8 * SUMS);
    let at = c * cellCount + nextCell;
    for (let done = 0, sum = SUMS; done < count; done += hop, at++, sum += 4) {
      const low = doubles[sum + 2];
      const high = doubles[sum + 3];
      sums[at] = doubles[sum];
      squares[at] = doubles[sum + 1];
      least[at] = low;
      largest[at] = high;
      const isLoud = high >= CLIP_LEVEL || low <= -CLIP_LEVEL;
      const cell = at - c * cellCount;
      trailing[c] = isLoud
        ? countClipped(samples, offset + done, Math.min(hop, count - done), cell, trailing[c])
        : 0;
    }
  }

  function finish(): Levels {
    const frameCount = (cellCount - 1) * hop + lastLength;
    const power = new Float32Array(cellCount);
    const peak = new Float32Array(cellCount);
    const drift = new Float32Array(cellCount);
    const remainingDc = new Float32Array(cellCount);
    const dc: number[] = [];
    for (let c = 0; c < channelCount; c++) {
      const ofChannel = sums.subarray(c * cellCount, (c + 1) * cellCount);
      dc[c] = cellCount > 0 ? sumOf(ofChannel) / frameCount : 0;
      const offset = movingOffset(ofChannel, hop, lastLength);
      for (let i = 0, at = c * cellCount; i < cellCount; i++, at++) {
        const mean = sums[at] / (i < cellCount - 1 ? hop : lastLength);
        const meanSquare =
          squares[at] / (i < cellCount - 1 ? hop : lastLength) - 2 * offset[i] * mean + offset[i] * offset[i];
        power[i] += Math.max(0, meanSquare) / channelCount;
        peak[i] = Math.max(peak[i], largest[at] - offset[i], offset[i] - least[at]);
        drift[i] += (offset[i] - dc[c]) / channelCount;
        remainingDc[i] += (mean - offset[i]) / channelCount;
      }
    }
    return { dc, power, peak, drift, remainingDc, clipped };
  }

  return { add, finish };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** The offset of a channel, followed through its cells' sums; the last cell, maybe short, weighs what it holds. */
function movingOffset(sums: Float64Array, hop: number, lastLength: number): Float64Array {
  const offsets = smoothed(sums);
  const { width, last } = windowsOf(sums.length);
  // Mean length of the cells of a window: only the last window holds the last cell.
  const lastMean = ((width - 1) * hop + lastLength) / width;
  const lastFrom = last > 0 ? last + BASELINE_REACH : 0;
  for (let i = 0; i < offsets.length; i++) offsets[i] /= i < lastFrom ? hop : lastMean;
  return smoothed(offsets);
}

/** Moving average over {@link BASELINE_REACH} cells either side; near an end, that of the nearest whole window. */
function smoothed(values: Float64Array): Float64Array {
  const count = values.length;
  const { width, last } = windowsOf(count);
  const means = new Float64Array(count);
  if (count === 0) return means;
  let sum = 0;
  for (let i = 0; i < width - 1; i++) sum += values[i];
  for (let start = 0; start <= last; start++) {
    sum += values[start + width - 1];
    if (start > 0) sum -= values[start - 1];
    means[Math.min(start + BASELINE_REACH, count - 1)] = sum / width;
  }
  const first = Math.min(BASELINE_REACH, count - 1);
  const final = Math.min(last + BASELINE_REACH, count - 1);
  means.fill(means[first], 0, first);
  return means.fill(means[final], final);
}

/** How wide the windows of so many cells are, and where the last of them begins. */
function windowsOf(count: number) {
  const width = Math.min(2 * BASELINE_REACH + 1, count);
  return { width, last: count - width };
}

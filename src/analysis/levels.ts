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
   * Measures one cell; cells come in order.
   * @param offset index of the cell's first sample in each channel
   * @param count samples in the cell, at least 1
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
/** Where in the kernels' memory the four sums of a cell stand, in doubles, and its samples. */
const SUMS = FREE >> 3;
const SAMPLES = (FREE >> 2) + 8;

/**
 * A meter for `cellCount` cells. It keeps the sum, the sum of squares, the least and the largest
 * sample of each cell and channel, so power and peak about the offset come out exactly once that is known.
 */
export function createLevelMeter(channelCount: number, cellCount: number): LevelMeter {
  const size = channelCount * cellCount;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  const least = new Float32Array(size);
  const largest = new Float32Array(size);
  const counts = new Uint16Array(cellCount);
  const clipped = new Uint16Array(cellCount);
  const trailing = new Int32Array(channelCount);
  let cell = 0;

  /** Counts samples in runs of two or more at full scale; a run may cross into the next cell. */
  function countClipped(samples: Float32Array, offset: number, count: number, run: number): number {
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
    counts[cell] = count;
    for (let c = 0; c < channelCount; c++) {
      const samples = channels[c];
      memory.floats.set(samples.subarray(offset, offset + count), SAMPLES);
      kernels.levelSums(4 * SAMPLES, count, FREE);
      const [low, high] = [memory.doubles[SUMS + 2], memory.doubles[SUMS + 3]];
      const at = c * cellCount + cell;
      sums[at] = memory.doubles[SUMS];
      squares[at] = memory.doubles[SUMS + 1];
      least[at] = low;
      largest[at] = high;
      const loud = high >= CLIP_LEVEL || low <= -CLIP_LEVEL;
      trailing[c] = loud ? countClipped(samples, offset, count, trailing[c]) : 0;
    }
    cell++;
  }

  function finish(): Levels {
    const dc = Array.from({ length: channelCount }, (_, c) => channelMean(sums, counts, c * cellCount));
    const power = new Float32Array(cellCount);
    const peak = new Float32Array(cellCount);
    const drift = new Float32Array(cellCount);
    const remainingDc = new Float32Array(cellCount);
    for (let c = 0; c < channelCount; c++) {
      const offset = movingOffset(sums.subarray(c * cellCount, (c + 1) * cellCount), counts);
      for (let i = 0, at = c * cellCount; i < cellCount; i++, at++) {
        const mean = sums[at] / counts[i];
        const meanSquare = squares[at] / counts[i] - 2 * offset[i] * mean + offset[i] * offset[i];
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

function channelMean(sums: Float64Array, counts: Uint16Array, first: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += sums[first + i];
    count += counts[i];
  }
  return count > 0 ? sum / count : 0;
}

/** The offset of a channel, followed through its cells' sums; the last cell, maybe short, weighs what it holds. */
function movingOffset(sums: Float64Array, counts: Uint16Array): Float64Array {
  const weights = smoothed(Float64Array.from(counts));
  return smoothed(smoothed(sums).map((sum, i) => sum / weights[i]));
}

/** Moving average over {@link BASELINE_REACH} cells either side; near an end, that of the nearest whole window. */
function smoothed(values: Float64Array): Float64Array {
  const width = Math.min(2 * BASELINE_REACH + 1, values.length);
  const last = values.length - width;
  const windows = new Float64Array(last + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    if (i >= width) sum -= values[i - width];
    if (i >= width - 1) windows[i - width + 1] = sum / width;
  }
  return values.map((_, i) => windows[Math.max(0, Math.min(last, i - BASELINE_REACH))]);
}

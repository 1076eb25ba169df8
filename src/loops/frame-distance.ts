/** How unlike two log-mel frames are: the mean absolute difference of their levels over the bands, dB. */
import { type KernelFloats, KernelWorkspace, partOf, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { BAND_COUNT, type LogMelFrames } from './log-mel.ts';

/** Mean absolute difference of the levels of two frames, dB. */
export function levelDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let band = 0; band < BAND_COUNT; band++) sum += Math.abs(a[band] - b[band]);
  return sum / BAND_COUNT;
}

/** Frames that are compared at a time. */
const FRAMES_COMPARED = 64;
/** Frames that may lie between two that are compared. */
const MOST_LAG = 2;

const own = new KernelWorkspace();
/** More frames than are compared: those before the first. */
const frames = own.floats((FRAMES_COMPARED + MOST_LAG) * BAND_COUNT);
const laterFrames = Array.from({ length: MOST_LAG + 1 }, (_, lag) => partOf(frames, lag * BAND_COUNT));
const distances = own.doubles(FRAMES_COMPARED);

/** Change of each frame from the one before it, dB a band; of the first from the last, as in a loop. */
export function frameFluxes(frames: LogMelFrames): Float32Array {
  return frameChanges(frames, 1);
}

/** Change of each frame from the one `lag` before it, dB a band, going round. @param lag frames, 1 or 2 */
export function frameChanges({ levels, count }: LogMelFrames, lag: number): Float32Array {
  const changes = new Float32Array(count);
  for (let from = 0; from < count; from += FRAMES_COMPARED) {
    const compared = Math.min(FRAMES_COMPARED, count - from);
    for (let i = 0; i < lag; i++) putFrames(levels, (from + lag * count + i - lag) % count, 1, frames, i);
    putFrames(levels, from, compared, frames, lag);
    kernels.frameDistances(laterFrames[lag], frames, BAND_COUNT, compared, distances);
    for (let i = 0; i < compared; i++) changes[from + i] = distances[i] / BAND_COUNT;
  }
  return changes;
}

/** Copies frames to a place among others, counted in frames. */
function putFrames(levels: Float32Array, first: number, count: number, to: KernelFloats, at: number): void {
  to.set(levels.subarray(first * BAND_COUNT, (first + count) * BAND_COUNT), at * BAND_COUNT);
}

/**
 * Adds to sums[k][i], from i = 1 on, how unlike frame `first` + i - 1 is to the one `lag` + k later, dB a band.
 * The last frame stands for all that would come after it.
 */
export function addLaggedDistances(
  { levels, count }: LogMelFrames,
  first: number,
  lag: number,
  sums: readonly Float64Array[],
): void {
  withWorkspace((workspace) => addDistances(workspace, levels, count, first, lag, sums));
}

function addDistances(
  workspace: KernelWorkspace,
  levels: Float32Array,
  count: number,
  first: number,
  lag: number,
  sums: readonly Float64Array[],
): void {
  const end = first + sums[0].length - 1;
  const laterFrames = workspace.floats((FRAMES_COMPARED + sums.length) * BAND_COUNT);
  const laterByLag = sums.map((_, k) => partOf(laterFrames, k * BAND_COUNT));
  for (let from = first; from < end; from += FRAMES_COMPARED) {
    const compared = Math.min(FRAMES_COMPARED, end - from);
    putFrames(levels, from, compared, frames, 0);
    const later = Math.max(0, Math.min(compared + sums.length, count - from - lag));
    putFrames(levels, from + lag, later, laterFrames, 0);
    for (let i = later; i < compared + sums.length; i++) putFrames(levels, count - 1, 1, laterFrames, i);
    for (let k = 0; k < sums.length; k++) {
      kernels.frameDistances(frames, laterByLag[k], BAND_COUNT, compared, distances);
      const ofLag = sums[k];
      for (let i = 0; i < compared; i++) ofLag[from - first + 1 + i] += distances[i] / BAND_COUNT;
    }
  }
}

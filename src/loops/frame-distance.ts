/** How unlike two log-mel frames are: the mean absolute difference of their levels over the bands, dB. */
import { FREE, kernels, memory } from '../dsp/kernels.ts';
import { BAND_COUNT, type LogMelFrames } from './log-mel.ts';

/** Mean absolute difference of the levels of two frames, dB. */
export function levelDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let band = 0; band < BAND_COUNT; band++) sum += Math.abs(a[band] - b[band]);
  return sum / BAND_COUNT;
}

/** Frames that are compared at a time; in the kernels' memory they are followed by those a lag later, then the results. */
const FRAMES_COMPARED = 64;
const FRAMES = FREE >> 2;

/** Change of each frame from the one before it, dB a band; of the first from the last, as in a loop. */
export function frameFluxes({ levels, count }: LogMelFrames): Float32Array {
  const fluxes = new Float32Array(count);
  const resultsAt = (FRAMES + (FRAMES_COMPARED + 1) * BAND_COUNT) >> 1;
  for (let from = 0; from < count; from += FRAMES_COMPARED) {
    const frames = Math.min(FRAMES_COMPARED, count - from);
    putFrames(levels, (from + count - 1) % count, 1, FRAMES);
    putFrames(levels, from, frames, FRAMES + BAND_COUNT);
    kernels.frameDistances(4 * (FRAMES + BAND_COUNT), 4 * FRAMES, BAND_COUNT, frames, 8 * resultsAt);
    for (let i = 0; i < frames; i++) fluxes[from + i] = memory.doubles[resultsAt + i] / BAND_COUNT;
  }
  return fluxes;
}

function putFrames(levels: Float32Array, first: number, count: number, at: number): void {
  memory.floats.set(levels.subarray(first * BAND_COUNT, (first + count) * BAND_COUNT), at);
}

/**
 * Adds to distances[k][i], from i = 1 on, how unlike frame `first` + i - 1 is to the one `lag` + k later, dB a band.
 * The last frame stands for all that would come after it.
 */
export function addLaggedDistances(
  { levels, count }: LogMelFrames,
  first: number,
  lag: number,
  distances: readonly Float64Array[],
): void {
  const end = first + distances[0].length - 1;
  const laterAt = FRAMES + FRAMES_COMPARED * BAND_COUNT;
  const resultsAt = (laterAt + (FRAMES_COMPARED + distances.length) * BAND_COUNT) >> 1;
  for (let from = first; from < end; from += FRAMES_COMPARED) {
    const frames = Math.min(FRAMES_COMPARED, end - from);
    putFrames(levels, from, frames, FRAMES);
    const later = Math.max(0, Math.min(frames + distances.length, count - from - lag));
    putFrames(levels, from + lag, later, laterAt);
    for (let i = later; i < frames + distances.length; i++) {
      putFrames(levels, count - 1, 1, laterAt + i * BAND_COUNT);
    }
    for (const [k, sums] of distances.entries()) {
      const at = laterAt + k * BAND_COUNT;
      kernels.frameDistances(4 * FRAMES, 4 * at, BAND_COUNT, frames, 8 * resultsAt);
      for (let i = 0; i < frames; i++) {
        sums[from - first + 1 + i] += memory.doubles[resultsAt + i] / BAND_COUNT;
      }
    }
  }
}

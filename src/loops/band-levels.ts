/**
 * How loud bass, presence and treble are in any stretch of a sound: a crossfade can keep its level as a whole and
 * still lose its treble. The bands are those in which loops are closed.
 */
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { BAND_EDGES_HZ } from './bands.ts';
import { BAND_COUNT, firstBandAbove, type LogMelFrames } from './log-mel.ts';

/** What is further under the whole body than this share of its power, -50 dB, is not missed. */
export const NOT_MISSED = 1e-5;
const BANDS = BAND_EDGES_HZ.length + 1;

/** Running sums over log-mel frames, so that any stretch costs one subtraction a band. */
export interface BandLevels {
  /** Frames. */
  readonly count: number;
  /** Power of bass, presence and treble before each frame, and after the last; any unit, the same for all. */
  readonly sums: Float64Array;
  /** Sum of the levels of each frame's bands, dB. */
  readonly levelSums: Float64Array;
}

/** Frames that are taken at a time. */
const FRAMES = 64;
const own = new KernelWorkspace();
const levelBlock = own.floats(FRAMES * BAND_COUNT);
const powerBlock = own.doubles(BANDS * (FRAMES + 1));
const sumBlock = own.doubles(FRAMES);

export function bandLevels({ levels, count }: LogMelFrames, sampleRate: number): BandLevels {
  const [presence, treble] = BAND_EDGES_HZ.map((hertz) => firstBandAbove(hertz, sampleRate));
  const sums = new Float64Array(BANDS * (count + 1));
  const levelSums = new Float64Array(count);
  for (let first = 0; first < count; first += FRAMES) {
    const frames = Math.min(FRAMES, count - first);
    levelBlock.set(levels.subarray(first * BAND_COUNT, (first + frames) * BAND_COUNT));
    powerBlock.set(sums.subarray(BANDS * first, BANDS * (first + 1)));
    kernels.runningPowers(levelBlock, BAND_COUNT, frames, presence, treble, powerBlock, sumBlock);
    sums.set(powerBlock.subarray(0, BANDS * (frames + 1)), BANDS * first);
    levelSums.set(sumBlock.subarray(0, frames), first);
  }
  return { count, sums, levelSums };
}

/** A number for each of bass, presence and treble. */
export function bandNumbers(): Float64Array {
  return new Float64Array(BANDS);
}

/**
 * Adds the power of each band over frames [from, to), times a scale; frames outside the sound count as silent.
 * @param powers {@link bandNumbers}, changed
 */
export function addBandPowers(
  { count, sums }: BandLevels,
  from: number,
  to: number,
  scale: number,
  powers: Float64Array,
): void {
  const first = BANDS * Math.max(0, Math.min(count, from));
  const last = BANDS * Math.max(0, Math.min(count, to));
  for (let band = 0; band < BANDS; band++) powers[band] += scale * (sums[last + band] - sums[first + band]);
}

/** Powers of the band that is furthest from what it is in the body, as a ratio of the larger to the smaller. */
export function worstBandRatio(zone: Float64Array, body: Float64Array): number {
  let whole = 0;
  for (let band = 0; band < BANDS; band++) whole += body[band];
  const least = Math.max(whole * NOT_MISSED, Number.MIN_VALUE);
  let worst = 1;
  for (let band = 0; band < BANDS; band++) {
    worst = Math.max(worst, powerRatio(Math.max(zone[band], least), Math.max(body[band], least)));
  }
  return worst;
}

/** The larger of two powers above 0 over the smaller. */
function powerRatio(a: number, b: number): number {
  return a > b ? a / b : b / a;
}

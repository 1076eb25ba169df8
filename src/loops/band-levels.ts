/**
 * How loud bass, presence and treble are in any stretch of a sound: a crossfade can keep its level as a whole and
 * still lose its treble. The bands are those in which loops are closed.
 */
import { exp } from '../dsp/maths.ts';
import { BAND_EDGES_HZ } from './bands.ts';
import { firstBandAbove, type LogMelFrames } from './log-mel.ts';

/** What is further under the whole body than this, -50 dB, is not missed. */
const NOT_MISSED = 1e-5;
const BANDS = BAND_EDGES_HZ.length + 1;

/** Running sums over log-mel frames, so that any stretch costs one subtraction a band. */
export interface BandLevels {
  /** Frames. */
  readonly count: number;
  /** Power of bass, presence and treble before each frame, and after the last; any unit, the same for all. */
  readonly sums: Float64Array;
}

export function bandLevels({ levels, count }: LogMelFrames, sampleRate: number): BandLevels {
  const width = levels.length / count;
  const edges = [0, ...BAND_EDGES_HZ.map((hertz) => firstBandAbove(hertz, sampleRate)), width];
  const sums = new Float64Array(BANDS * (count + 1));
  for (let i = 0; i < count; i++) {
    for (let band = 0; band < BANDS; band++) {
      let power = 0;
      for (let k = edges[band]; k < edges[band + 1]; k++) power += exp(NEPERS * levels[i * width + k]);
      sums[BANDS * (i + 1) + band] = sums[BANDS * i + band] + power;
    }
  }
  return { count, sums };
}

/** e to the power of this times dB is a power. */
const NEPERS = Math.LN10 / 10;

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
export function powerRatio(a: number, b: number): number {
  return a > b ? a / b : b / a;
}

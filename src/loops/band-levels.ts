/**
 * How loud bass, presence and treble are in any stretch of a sound: a crossfade can keep its level as a whole and
 * still lose its treble. The bands are those in which loops are closed.
 */
import { BAND_EDGES_HZ } from './bands.ts';
import { firstBandAbove, type LogMelFrames } from './log-mel.ts';

/** What is further under the whole body than this is not missed, dB. */
const NOT_MISSED_DB = -50;
const BANDS = BAND_EDGES_HZ.length + 1;

export interface BandLevels {
  /** Power of a band over frames [from, to), summed; any unit, the same for all bands. */
  power(band: number, from: number, to: number): number;
}

/** Running sums over log-mel frames, so that any stretch costs one subtraction. */
export function bandLevels({ levels, count }: LogMelFrames, sampleRate: number): BandLevels {
  const width = levels.length / count;
  const edges = [0, ...BAND_EDGES_HZ.map((hertz) => firstBandAbove(hertz, sampleRate)), width];
  const sums = Array.from({ length: BANDS }, () => new Float64Array(count + 1));
  for (let i = 0; i < count; i++) {
    for (let band = 0; band < BANDS; band++) {
      let power = 0;
      for (let k = edges[band]; k < edges[band + 1]; k++) power += Math.exp(NEPERS * levels[i * width + k]);
      sums[band][i + 1] = sums[band][i] + power;
    }
  }
  const inside = (frame: number) => Math.max(0, Math.min(count, frame));
  return { power: (band, from, to) => sums[band][inside(to)] - sums[band][inside(from)] };
}

/** e to the power of this times dB is a power. */
const NEPERS = Math.LN10 / 10;

/** The band whose mean power in a zone lies furthest from the body's: by how much, dB, without sign. */
export function worstBandDb(zone: (band: number) => number, body: (band: number) => number): number {
  let whole = 0;
  for (let band = 0; band < BANDS; band++) whole += body(band);
  const least = Math.max(whole * 10 ** (NOT_MISSED_DB / 10), Number.MIN_VALUE);
  let worst = 0;
  for (let band = 0; band < BANDS; band++) {
    const [there, usual] = [zone(band), body(band)];
    if (Math.max(there, usual) < least) continue;
    worst = Math.max(worst, Math.abs(10 * Math.log10(Math.max(there, least) / Math.max(usual, least))));
  }
  return worst;
}

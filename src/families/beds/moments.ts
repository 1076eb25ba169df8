/**
 * A source as a row of moments, each a quarter of a second: what it sounds like, how loud it is, and whether something is
 * struck in it. A path through them is a bed.
 */
import type { Analysis, Track } from '../../analysis/analysis.ts';
import { log10, pow } from '../../dsp/maths.ts';
import { MOST_GAIN_DB } from './stretch.ts';

/** Length of a moment, s: short against the time in which a pad changes, long against a period of its lowest note. */
const MOMENT_SEC = 0.25;
/** Bands further than this under the loudest of the source are one floor: nobody hears them change, dB. */
export const AUDIBLE_RANGE_DB = 60;
/** The usual level: three quarters of the moments that sound at all are quieter. */
const USUAL_SHARE = 0.75;
/** What lies this far under full scale is silence, dB. */
const SILENCE_DB = -100;

/** What is known of every moment of a source. */
export interface Moments {
  readonly count: number;
  /** Frames of a moment. */
  readonly hop: number;
  /** Level of each, dB; {@link SILENCE_DB} at least. */
  readonly levels: Float64Array;
  /** Strength of what is struck in each, dB. */
  readonly strikes: Float64Array;
  /** Whether each is loud enough to be played: no further under the usual level than a stretch is raised at most. */
  readonly sounds: Uint8Array;
  /** Bands of a spectrum, and pitch classes. */
  readonly bandCount: number;
  readonly pitchCount: number;
  /** Running sums over moments, so that the mean of any stretch costs one difference: (count + 1) × columns. */
  readonly bandSums: Float64Array;
  readonly pitchSums: Float64Array;
}

/** What moments a source consists of. */
export function momentsOf(analysis: Analysis): Moments {
  const { timbre, chroma, sampleRate, frameCount } = analysis;
  const hop = timbre.hop * Math.max(1, Math.round((MOMENT_SEC * sampleRate) / timbre.hop));
  const count = Math.max(1, Math.floor(frameCount / hop));
  const levels = levelsOf(analysis, hop, count);
  return {
    count,
    hop,
    levels,
    strikes: strikesOf(analysis, hop, count),
    sounds: soundingOf(levels),
    bandCount: timbre.columns,
    pitchCount: chroma.columns,
    bandSums: summed(shapes(timbre), hop, count),
    pitchSums: summed(chroma, hop, count),
  };
}

/** Mean of each column over moments [first, first + count), from running sums. @param mean filled */
export function meanOver(sums: Float64Array, first: number, count: number, mean: Float64Array): Float64Array {
  const columns = mean.length;
  const from = first * columns;
  const to = (first + count) * columns;
  for (let i = 0; i < columns; i++) mean[i] = (sums[to + i] - sums[from + i]) / count;
  return mean;
}

/** Adds the rows of moments [first, first + count) to a row, from running sums. */
export function addMoments(
  sums: Float64Array,
  first: number,
  count: number,
  row: Float64Array,
  weight = 1,
): void {
  const from = first * row.length;
  const to = (first + count) * row.length;
  for (let i = 0; i < row.length; i++) row[i] += weight * (sums[to + i] - sums[from + i]);
}

/** The timbre as a shape: levels above the floor, each row about its own mean, so that loudness is left out. */
function shapes(timbre: Track): Track {
  const { columns, rows } = timbre;
  let loudest = -Infinity;
  for (const level of timbre.values) if (level > loudest) loudest = level;
  const values = timbre.values.map((level) => Math.max(level, loudest - AUDIBLE_RANGE_DB));
  for (let row = 0; row < rows; row++) {
    const shape = values.subarray(row * columns, (row + 1) * columns);
    const mean = shape.reduce((sum, level) => sum + level, 0) / columns;
    for (let band = 0; band < columns; band++) shape[band] -= mean;
  }
  return { ...timbre, values };
}

/** Running sums of the mean row of each moment. */
function summed({ values, columns, rows, hop: rowHop }: Track, hop: number, count: number): Float64Array {
  const sums = new Float64Array((count + 1) * columns);
  for (let moment = 0; moment < count; moment++) {
    const first = Math.min(rows - 1, Math.round((moment * hop) / rowHop));
    const end = Math.min(rows, Math.max(first + 1, Math.round(((moment + 1) * hop) / rowHop)));
    for (let i = 0; i < columns; i++) {
      let sum = 0;
      for (let row = first; row < end; row++) sum += values[row * columns + i];
      sums[(moment + 1) * columns + i] = sums[moment * columns + i] + sum / (end - first);
    }
  }
  return sums;
}

function levelsOf({ power, hop: cellHop, cellCount }: Analysis, hop: number, count: number): Float64Array {
  return perMoment(count, hop / cellHop, cellCount, (first, end) => {
    let sum = 0;
    for (let cell = first; cell < end; cell++) sum += power[cell];
    return Math.max(SILENCE_DB, 10 * log10(sum / (end - first) + pow(10, SILENCE_DB / 10)));
  });
}

/** The largest onset strength of the cells of each moment: what rises, averaged over the bands, dB. */
function strikesOf(analysis: Analysis, hop: number, count: number): Float64Array {
  const { onsetStrength, hop: cellHop, cellCount } = analysis;
  return perMoment(count, hop / cellHop, cellCount, (first, end) => {
    let most = 0;
    for (let cell = first; cell < end; cell++) most = Math.max(most, onsetStrength[cell]);
    return most;
  });
}

function perMoment(
  count: number,
  cells: number,
  cellCount: number,
  figure: (first: number, end: number) => number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, moment) => {
    const first = Math.min(cellCount - 1, Math.round(moment * cells));
    return figure(first, Math.min(cellCount, Math.max(first + 1, Math.round((moment + 1) * cells))));
  });
}

function soundingOf(levels: Float64Array): Uint8Array {
  const audible = levels.filter((level) => level > SILENCE_DB + 10).sort();
  const usual = audible[Math.floor(USUAL_SHARE * (audible.length - 1))] ?? Infinity;
  return Uint8Array.from(levels, (level) => (level >= usual - MOST_GAIN_DB ? 1 : 0));
}

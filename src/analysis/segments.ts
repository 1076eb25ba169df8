/**
 * Figures of any stretch of a source, read off the analysis by running sums, so that thousands of
 * candidate stretches cost next to nothing.
 */
import { log10 } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';

/** Every figure takes a stretch of the source: first frame, and frames (at least 1, inside the source). */
export interface SegmentFigures {
  /** Mean square, averaged over channels. */
  power(start: number, count: number): number;
  /** Level, dBFS; -Infinity for digital silence. */
  rmsDb(start: number, count: number): number;
  /** Largest absolute sample, to the cell. */
  peak(start: number, count: number): number;
  /** Peak over RMS, a ratio; 0 for digital silence. */
  crest(start: number, count: number): number;
  onsetCount(start: number, count: number): number;
  /** Onsets a second. */
  onsetRate(start: number, count: number): number;
  /** How much is struck: the strengths of its onsets, summed, dB a second; soft entries of strings 2 to 5, drums 20 to 60. */
  onsetForce(start: number, count: number): number;
  /** Mean spectral flatness, 0 to 1. */
  flatness(start: number, count: number): number;
  /** Mean spectral centroid, Hz. */
  centroid(start: number, count: number): number;
  /** By how much the level's straight-line trend rises (or, negative, falls) from start to end, dB. */
  slopeDb(start: number, count: number): number;
  /** Standard deviation of the level over the stretch, dB. */
  levelSpreadDb(start: number, count: number): number;
  /** DC that remains when the offset is taken away as on reading, however it wanders; at least 0, of full scale. */
  remainingDc(start: number, count: number): number;
  /** Clipped samples, all channels together. */
  clippedCount(start: number, count: number): number;
}

/**
 * The level's course is looked at through a window of nine cells (0.1 s): within one cell of 12 ms
 * a low tone's own swing would be a change of level.
 */
const LEVEL_REACH = 4;
/** Level at which a course ends, dB: below it, going quieter is no fade. */
const LEVEL_FLOOR_DB = -90;

const known = new WeakMap<Analysis, SegmentFigures>();

/** The figures of a source. The running sums and levels (16 bytes a cell) are made once an analysis and live as long as it. */
export function segmentFigures(analysis: Analysis): SegmentFigures {
  let figures = known.get(analysis);
  if (!figures) {
    figures = sumUp(analysis);
    known.set(analysis, figures);
  }
  return figures;
}

function sumUp(analysis: Analysis): SegmentFigures {
  const { hop, cellCount, frameCount, sampleRate } = analysis;
  const powers = runningSum(analysis.power);
  const flatnesses = runningSum(analysis.flatness);
  const centroids = runningSum(analysis.centroid);
  const offsets = runningSum(analysis.remainingDc);
  const clipped = runningSum(analysis.clipped);
  const forces = onsetForces(analysis);
  const lastCellLength = frameCount - (cellCount - 1) * hop;

  /** Place of a frame in cells, not rounded; the last cell may be short. */
  function place(frame: number): number {
    const cell = Math.min(cellCount - 1, Math.floor(frame / hop));
    return cell + (frame - cell * hop) / (cell === cellCount - 1 ? lastCellLength : hop);
  }

  /** Mean of a figure over a stretch; cells that are partly inside count in part. */
  function mean(sums: RunningSum, start: number, count: number): number {
    const from = place(start);
    const to = place(start + count);
    return (at(sums, to, cellCount) - at(sums, from, cellCount)) / (to - from);
  }

  /** Cells of a stretch as [first, end), rounded, at least one. */
  function cells(start: number, count: number): [first: number, end: number] {
    const first = Math.min(cellCount - 1, Math.round(start / hop));
    return [first, Math.max(first + 1, Math.min(cellCount, Math.round((start + count) / hop)))];
  }

  const { slopeDb, levelSpreadDb } = levelFigures(powers, cellCount, cells);
  const power = (start: number, count: number) => Math.max(0, mean(powers, start, count));

  const peak = (start: number, count: number) => peakWithin(analysis, start, count);

  function crest(start: number, count: number): number {
    const square = power(start, count);
    return square > 0 ? peak(start, count) / Math.sqrt(square) : 0;
  }

  function onsetCount(start: number, count: number): number {
    const [first, end] = cells(start, count);
    return onsetsBefore(analysis, end) - onsetsBefore(analysis, first);
  }

  function onsetForce(start: number, count: number): number {
    const [first, end] = cells(start, count);
    const force = forces[onsetsBefore(analysis, end)] - forces[onsetsBefore(analysis, first)];
    return (force * sampleRate) / count;
  }

  function clippedCount(start: number, count: number): number {
    return clipped(Math.min(cellCount, Math.ceil((start + count) / hop))) - clipped(Math.floor(start / hop));
  }

  return {
    power,
    rmsDb: (start, count) => 10 * log10(power(start, count)),
    peak,
    crest,
    onsetCount,
    onsetRate: (start, count) => (onsetCount(start, count) * sampleRate) / count,
    onsetForce,
    flatness: (start, count) => mean(flatnesses, start, count),
    centroid: (start, count) => mean(centroids, start, count),
    slopeDb,
    levelSpreadDb,
    remainingDc: (start, count) => Math.abs(mean(offsets, start, count)),
    clippedCount,
  };
}

/** The largest peak of the cells that a stretch touches. */
function peakWithin({ peak, hop, cellCount }: Analysis, start: number, count: number): number {
  const end = Math.min(cellCount, Math.ceil((start + count) / hop));
  let largest = 0;
  for (let cell = Math.floor(start / hop); cell < end; cell++) {
    if (peak[cell] > largest) largest = peak[cell];
  }
  return largest;
}

/** How the level goes over a stretch. @param cells of a stretch, as [first, end) */
function levelFigures(
  powers: RunningSum,
  cellCount: number,
  cells: (start: number, count: number) => [first: number, end: number],
): Pick<SegmentFigures, 'slopeDb' | 'levelSpreadDb'> {
  const levels = levelCourse(powers, cellCount);
  const levelSums = runningSum(levels);
  const levelSquares = runningSum(levels, (level) => level * level);
  const levelMoments = runningSum(levels, (level, cell) => level * cell);

  function slopeDb(start: number, count: number): number {
    const [first, end] = cells(start, count);
    const n = end - first;
    if (n < 2) return 0;
    const centre = (first + end - 1) / 2;
    const covariance = levelMoments(end) - levelMoments(first) - centre * (levelSums(end) - levelSums(first));
    // Σ (cell - centre)² = n(n²-1)/12; the trend runs over n cells.
    return (covariance / ((n * (n * n - 1)) / 12)) * n;
  }

  function levelSpreadDb(start: number, count: number): number {
    const [first, end] = cells(start, count);
    const n = end - first;
    const average = (levelSums(end) - levelSums(first)) / n;
    const square = (levelSquares(end) - levelSquares(first)) / n;
    return Math.sqrt(Math.max(0, square - average * average));
  }

  return { slopeDb, levelSpreadDb };
}

/** The sum of all values before a cell; before the cell count: of all. */
type RunningSum = (cell: number) => number;

/** Cells between two kept sums: an eighth of the memory, for at most seven values to add up. */
const CELLS_PER_SUM = 8;

/** @param transform applied to every value on the way in */
function runningSum(
  values: ArrayLike<number>,
  transform: (value: number, cell: number) => number = (value) => value,
): RunningSum {
  const sums = new Float64Array(Math.floor(values.length / CELLS_PER_SUM) + 1);
  for (let i = 1; i < sums.length; i++)
    sums[i] = addUp(sums[i - 1], (i - 1) * CELLS_PER_SUM, i * CELLS_PER_SUM);

  function addUp(before: number, first: number, end: number): number {
    let sum = before;
    for (let cell = first; cell < end; cell++) sum += transform(values[cell], cell);
    return sum;
  }

  return (cell) => {
    const i = Math.floor(cell / CELLS_PER_SUM);
    return addUp(sums[i], i * CELLS_PER_SUM, cell);
  };
}

/** A running sum between two cells, by proportion. */
function at(sums: RunningSum, place: number, cellCount: number): number {
  const lower = Math.min(cellCount - 1, Math.floor(place));
  const sum = sums(lower);
  return place > lower ? sum + (place - lower) * (sums(lower + 1) - sum) : sum;
}

/** Level of each cell with its neighbours, dB, at least {@link LEVEL_FLOOR_DB}. */
function levelCourse(powers: RunningSum, count: number): Float64Array {
  const levels = new Float64Array(count);
  for (let cell = 0; cell < count; cell++) {
    const first = Math.max(0, cell - LEVEL_REACH);
    const end = Math.min(count, cell + LEVEL_REACH + 1);
    const power = (powers(end) - powers(first)) / (end - first);
    levels[cell] = Math.max(LEVEL_FLOOR_DB, 10 * log10(power + 1e-30));
  }
  return levels;
}

/**
 * Strength, in dB, of all the first onsets together: of none, of the first one, of the first two… The strength peaks up to
 * two cells before the cell that an onset is put in, see `onsets.ts`.
 */
function onsetForces({ onsets, onsetStrength }: Analysis): Float64Array {
  const sums = new Float64Array(onsets.length + 1);
  for (let i = 0; i < onsets.length; i++) {
    let strength = 0;
    for (let near = Math.max(0, onsets[i] - 2); near <= onsets[i]; near++) {
      strength = Math.max(strength, onsetStrength[near]);
    }
    sums[i + 1] = sums[i] + strength;
  }
  return sums;
}

/** How many onsets begin before a cell. */
function onsetsBefore({ onsets }: Analysis, cell: number): number {
  let low = 0;
  let high = onsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (onsets[middle] < cell) low = middle + 1;
    else high = middle;
  }
  return low;
}

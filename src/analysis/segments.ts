/**
 * Figures of any stretch of a source, read off the analysis by running sums, so that thousands of
 * candidate stretches cost next to nothing.
 */
import { log10 } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';
import { RunningSum } from './running-sum.ts';

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
    figures = new SegmentFigures(analysis);
    known.set(analysis, figures);
  }
  return figures;
}

/** Every figure takes a stretch of the source: first frame, and frames (at least 1, inside the source). */
export class SegmentFigures {
  readonly #analysis: Analysis;
  readonly #lastCellLength: number;
  readonly #powers: RunningSum;
  readonly #flatnesses: RunningSum;
  readonly #centroids: RunningSum;
  readonly #offsets: RunningSum;
  readonly #clipped: RunningSum;
  /** Of the level's course: itself, its squares, its moments about cell 0. */
  readonly #levels: RunningSum;
  readonly #levelSquares: RunningSum;
  readonly #levelMoments: RunningSum;
  readonly #forces: Float64Array;

  constructor(analysis: Analysis) {
    const { power, flatness, centroid, remainingDc, clipped, cellCount, frameCount, hop } = analysis;
    this.#analysis = analysis;
    this.#lastCellLength = frameCount - (cellCount - 1) * hop;
    this.#powers = new RunningSum(power);
    this.#flatnesses = new RunningSum(flatness);
    this.#centroids = new RunningSum(centroid);
    this.#offsets = new RunningSum(remainingDc);
    this.#clipped = new RunningSum(clipped);
    const levels = levelCourse(this.#powers, cellCount);
    this.#levels = new RunningSum(levels);
    this.#levelSquares = new RunningSum(levels, (level) => level * level);
    this.#levelMoments = new RunningSum(levels, (level, cell) => level * cell);
    this.#forces = onsetForces(analysis);
  }

  /** Mean square, averaged over channels. */
  power(start: number, count: number): number {
    return Math.max(0, this.#mean(this.#powers, start, count));
  }

  /** Level, dBFS; -Infinity for digital silence. */
  rmsDb(start: number, count: number): number {
    return 10 * log10(this.power(start, count));
  }

  /** Largest absolute sample, to the cell. */
  peak(start: number, count: number): number {
    const { peak, hop, cellCount } = this.#analysis;
    return peakWithin(peak, Math.floor(start / hop), Math.min(cellCount, Math.ceil((start + count) / hop)));
  }

  /** Peak over RMS, a ratio; 0 for digital silence. */
  crest(start: number, count: number): number {
    const square = this.power(start, count);
    return square > 0 ? this.peak(start, count) / Math.sqrt(square) : 0;
  }

  onsetCount(start: number, count: number): number {
    const { onsets } = this.#analysis;
    const [first, end] = this.#cells(start, count);
    return onsetsBefore(onsets, end) - onsetsBefore(onsets, first);
  }

  /** Onsets a second. */
  onsetRate(start: number, count: number): number {
    return (this.onsetCount(start, count) * this.#analysis.sampleRate) / count;
  }

  /** How much is struck: the strengths of its onsets, summed, dB a second; soft entries of strings 2 to 5, drums 20 to 60. */
  onsetForce(start: number, count: number): number {
    const { onsets, sampleRate } = this.#analysis;
    const [first, end] = this.#cells(start, count);
    const force = this.#forces[onsetsBefore(onsets, end)] - this.#forces[onsetsBefore(onsets, first)];
    return (force * sampleRate) / count;
  }

  /** Mean spectral flatness, 0 to 1. */
  flatness(start: number, count: number): number {
    return this.#mean(this.#flatnesses, start, count);
  }

  /** Mean spectral centroid, Hz. */
  centroid(start: number, count: number): number {
    return this.#mean(this.#centroids, start, count);
  }

  /** By how much the level's straight-line trend rises (or, negative, falls) from start to end, dB. */
  slopeDb(start: number, count: number): number {
    const [first, end] = this.#cells(start, count);
    const n = end - first;
    if (n < 2) return 0;
    const covariance =
      this.#levelMoments.between(first, end) - ((first + end - 1) / 2) * this.#levels.between(first, end);
    // Σ (cell - centre)² = n(n²-1)/12; the trend runs over n cells.
    return (covariance / ((n * (n * n - 1)) / 12)) * n;
  }

  /** Standard deviation of the level over the stretch, dB. */
  levelSpreadDb(start: number, count: number): number {
    const [first, end] = this.#cells(start, count);
    const n = end - first;
    const average = this.#levels.between(first, end) / n;
    const square = this.#levelSquares.between(first, end) / n;
    return Math.sqrt(Math.max(0, square - average * average));
  }

  /** DC that remains when the offset is taken away as on reading, however it wanders; at least 0, of full scale. */
  remainingDc(start: number, count: number): number {
    return Math.abs(this.#mean(this.#offsets, start, count));
  }

  /** Clipped samples, all channels together. */
  clippedCount(start: number, count: number): number {
    const { cellCount, hop } = this.#analysis;
    return this.#clipped.between(
      Math.floor(start / hop),
      Math.min(cellCount, Math.ceil((start + count) / hop)),
    );
  }

  /** Mean of a figure over a stretch; cells that are partly inside count in part. */
  #mean(sums: RunningSum, start: number, count: number): number {
    const { cellCount } = this.#analysis;
    const from = this.#place(start);
    const to = this.#place(start + count);
    return (sums.beforePlace(to, cellCount) - sums.beforePlace(from, cellCount)) / (to - from);
  }

  /** Place of a frame in cells, not rounded; the last cell may be short. */
  #place(frame: number): number {
    const { cellCount, hop } = this.#analysis;
    const cell = Math.min(cellCount - 1, Math.floor(frame / hop));
    return cell + (frame - cell * hop) / (cell === cellCount - 1 ? this.#lastCellLength : hop);
  }

  /** Cells of a stretch as [first, end), rounded, at least one. */
  #cells(start: number, count: number): [first: number, end: number] {
    const { cellCount, hop } = this.#analysis;
    const first = Math.min(cellCount - 1, Math.round(start / hop));
    return [first, Math.max(first + 1, Math.min(cellCount, Math.round((start + count) / hop)))];
  }
}

/** The largest peak of cells [first, end). */
function peakWithin(peaks: Float32Array, first: number, end: number): number {
  let largest = 0;
  for (let cell = first; cell < end; cell++) if (peaks[cell] > largest) largest = peaks[cell];
  return largest;
}

/** Level of each cell with its neighbours, dB, at least {@link LEVEL_FLOOR_DB}. */
function levelCourse(powers: RunningSum, count: number): Float64Array {
  const levels = new Float64Array(count);
  for (let cell = 0; cell < count; cell++) {
    const first = Math.max(0, cell - LEVEL_REACH);
    const end = Math.min(count, cell + LEVEL_REACH + 1);
    const power = powers.between(first, end) / (end - first);
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
function onsetsBefore(onsets: Int32Array, cell: number): number {
  let low = 0;
  let high = onsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (onsets[middle] < cell) low = middle + 1;
    else high = middle;
  }
  return low;
}

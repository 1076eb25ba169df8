/**
 * What a stretch of music does besides its steady pulse. A pad under a pump rises and falls all the time, and each rise
 * is an onset to whoever counts onsets; but from period to period it holds still, and so does its colour.
 */
import { log10, pow, square } from '../dsp/maths.ts';
import type { Analysis, Track } from './analysis.ts';
import { findPulse, type PulseLimits } from './pulse.ts';

/** A stretch under a pulse, its pulse aside. */
export interface PulsedStretch {
  /** Beats a second. */
  readonly hz: number;
  /** Standard deviation of the level, taken over whole periods, dB. */
  readonly levelSpreadDb: number;
  /** By how much that level rises (or, negative, falls) from start to end, dB. */
  readonly slopeDb: number;
  /** Standard deviation of the bands about the level at the same time, dB, averaged over bands. */
  readonly colourSpreadDb: number;
}

/** Takes a stretch, start and count in frames; null where no pulse is that the music holds its colour over. */
export type PulsedStretchOf = (start: number, count: number) => PulsedStretch | null;

const LIMITS: PulseLimits = { strength: 0.75, depthDb: 2 };
/**
 * What rises faster than it falls is struck, again and again: pumps and tremolos of all shapes
 * have 0.2 to 1.25.
 */
const MOST_ATTACK = 1.6;
/** Before and after the stretch so much of its length is looked at too: a pulse goes on. */
const BEFORE = 0.5;
const AFTER = 0.3;
/** Cells on either side whose power is taken together: within one of 12 ms a low tone's own swing would be a level. */
const LEVEL_REACH = 1;
/** What is this far under the loudest is as silent as any, dB. */
const RANGE_DB = 40;
/** Stretches are looked at from so many seconds to the next: pulses last. */
const GRID_SEC = 0.25;
/**
 * What moves its colour by more than this is no pump but rhythm, dB: made pads under pumps and tremolos of up to 14 dB have
 * 0.3 to 1.3, songs with a beat 2.4 and more.
 */
const MOST_COLOUR_DB = 2;

const known = new WeakMap<Analysis, PulsedStretchOf>();

/** The pulses of a source; each stretch is looked at once. */
export function pulsedStretchOf(analysis: Analysis): PulsedStretchOf {
  let found = known.get(analysis);
  if (!found) {
    const seen = new Map<string, PulsedStretch | null>();
    const grid = Math.round(GRID_SEC * analysis.sampleRate);
    let courses: Courses | null = null;
    found = (start, count) => {
      const key = `${Math.round(start / grid)} ${Math.round(count / grid)}`;
      let stretch = seen.get(key);
      if (stretch === undefined) {
        courses ??= { levels: levelCourse(analysis.power), rowLevels: rowLevels(analysis.timbre) };
        stretch = measure(analysis, courses, start, count);
        seen.set(key, stretch);
      }
      return stretch;
    };
    known.set(analysis, found);
  }
  return found;
}

/** Levels of a whole source, dB: of its cells, and of all bands of each row of its timbre. */
interface Courses {
  readonly levels: Float32Array;
  readonly rowLevels: Float32Array;
}

function measure(analysis: Analysis, courses: Courses, start: number, count: number): PulsedStretch | null {
  const { cellCount, hop, sampleRate } = analysis;
  // First what costs least, and refuses most.
  const colourSpreadDb = colourSpread(analysis.timbre, courses.rowLevels, start, count);
  if (colourSpreadDb > MOST_COLOUR_DB) return null;
  const cellAt = (frame: number) => Math.max(0, Math.min(cellCount, Math.round(frame / hop)));
  const first = cellAt(start - BEFORE * count);
  const levels = levelsWithin(courses.levels, first, cellAt(start + (1 + AFTER) * count));
  const track = { rows: levels.length, columns: 1, rowsPerSecond: sampleRate / hop, values: levels };
  const pulse = findPulse(track, LIMITS);
  if (!pulse || pulse.attack > MOST_ATTACK) return null;
  const even = overPeriods(levels, pulse.period, cellAt(start) - first, cellAt(start + count) - first);
  return { hz: track.rowsPerSecond / pulse.period, ...courseOf(even), colourSpreadDb };
}

/** Power of every cell with its neighbours, dB; of silence, less than any. */
function levelCourse(power: Float32Array): Float32Array {
  const levels = new Float32Array(power.length);
  for (let cell = 0; cell < levels.length; cell++) {
    let sum = 0;
    for (let near = cell - LEVEL_REACH; near <= cell + LEVEL_REACH; near++) sum += power[near] ?? 0;
    levels[cell] = 10 * log10(sum || Number.MIN_VALUE);
  }
  return levels;
}

function levelsWithin(course: Float32Array, first: number, end: number): Float32Array {
  const levels = course.slice(first, end);
  const floor = loudestOf(levels, 0, levels.length) - RANGE_DB;
  for (let i = 0; i < levels.length; i++) if (levels[i] < floor) levels[i] = floor;
  return levels;
}

/** Mean level of every whole period within cells [first, end); of a stretch shorter than one, the one about its middle. */
function overPeriods(levels: Float32Array, period: number, first: number, end: number): Float32Array {
  const width = Math.max(1, Math.round(period));
  const from = Math.max(0, Math.min(first, levels.length - width));
  const count = Math.max(1, Math.min(end, levels.length) - from - width + 1);
  const means = new Float32Array(count);
  let sum = 0;
  for (let i = 0; i < width; i++) sum += levels[from + i];
  for (let i = 0; i < count; i++) {
    means[i] = sum / width;
    sum += (levels[from + i + width] ?? 0) - levels[from + i];
  }
  return means;
}

function courseOf(levels: Float32Array): Pick<PulsedStretch, 'levelSpreadDb' | 'slopeDb'> {
  const count = levels.length;
  const mean = levels.reduce((sum, level) => sum + level, 0) / count;
  let [squares, covariance] = [0, 0];
  for (let i = 0; i < count; i++) {
    squares += square(levels[i] - mean);
    covariance += (i - (count - 1) / 2) * (levels[i] - mean);
  }
  const slope = count > 1 ? (12 * covariance) / (count * count - 1) : 0;
  return { levelSpreadDb: Math.sqrt(squares / count), slopeDb: slope };
}

/**
 * Each band about the level of all at the same time, where it is heard: what only grows louder and softer has none. Bands
 * that are heard in less than half of the stretch say nothing.
 */
function colourSpread(
  { hop, rows, columns, values }: Track,
  rowLevels: Float32Array,
  start: number,
  count: number,
): number {
  const first = Math.max(0, Math.min(rows - 1, Math.round(start / hop)));
  const end = Math.max(first + 1, Math.min(rows, Math.round((start + count) / hop)));
  const floor = loudestOf(values, first * columns, end * columns) - RANGE_DB;
  const [sums, squares, counts] = [0, 1, 2].map(() => new Float64Array(columns));
  for (let row = first; row < end; row++) {
    for (let band = 0, at = row * columns; band < columns; band++, at++) {
      if (values[at] <= floor) continue;
      const about = values[at] - rowLevels[row];
      sums[band] += about;
      squares[band] += about * about;
      counts[band]++;
    }
  }
  let [spread, audible] = [0, 0];
  for (let band = 0; band < columns; band++) {
    if (2 * counts[band] < end - first) continue;
    spread += Math.sqrt(Math.max(0, squares[band] / counts[band] - square(sums[band] / counts[band])));
    audible++;
  }
  return spread / Math.max(1, audible);
}

/** Of all bands of each row together, dB. */
function rowLevels({ rows, columns, values }: Track): Float32Array {
  const levels = new Float32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let power = 0;
    for (const end = at + columns; at < end; at++) power += pow(10, values[at] / 10);
    levels[row] = 10 * log10(power);
  }
  return levels;
}

function loudestOf(levels: Float32Array, from: number, to: number): number {
  let most = -Infinity;
  for (let i = from; i < to; i++) if (levels[i] > most) most = levels[i];
  return most;
}

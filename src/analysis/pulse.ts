/**
 * A steady pulse in what was measured over time: the level under a pump or a tremolo, the colour under a rotary cabinet
 * or a slow vibrato. It is told by its autocorrelation: after one period a pulse comes back, and between two of its
 * beats it does not.
 */

import { withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { square } from '../dsp/maths.ts';

/** Levels over time: row r of `columns` numbers, dB, taken at r / rowsPerSecond. */
export interface PulseTrack {
  readonly rows: number;
  readonly columns: number;
  readonly rowsPerSecond: number;
  /** rows × columns. */
  readonly values: Float32Array;
}

export interface Pulse {
  /** Rows from one beat to the next; not rounded. */
  readonly period: number;
  /** How alike one period is to the next, 0 to 1. */
  readonly strength: number;
  /** From the least to the most of a mean period, dB; over several columns their root mean square. */
  readonly depthDb: number;
  /**
   * The largest rise from a twelfth of the mean period to the next over the largest fall, of the column where that is
   * most: 1 for a tremolo, less for what ducks and recovers, more for what is struck and rings off.
   */
  readonly attack: number;
}

/** What counts as a pulse. */
export interface PulseLimits {
  readonly strength: number;
  readonly depthDb: number;
}

/** Pulses a second that are looked for. Faster ones are heard as roughness, slower ones as swells. */
const FASTEST_HZ = 8.5;
const SLOWEST_HZ = 0.4;
/** Periods that the track holds at least: with fewer, two swells would be a pulse. */
const LEAST_PERIODS = 2.2;
/** By so much the autocorrelation falls between two beats at least: what hardly falls is no pulse but a slow drift. */
const LEAST_FALL = 0.5;
/** A shorter period that comes back nearly as well as the best is the period; the best is a multiple of it. */
const NEARLY = 0.12;
/** Multiples of the period are looked for within this share of it. */
const MULTIPLE_REACH = 0.12;
/** And must overlap with themselves by this share of the track. */
const LEAST_OVERLAP = 0.3;

/**
 * Parts of a track that are looked at, as shares of it: at one end there may be another chord, or a fade, that hides what
 * pulses in the rest.
 */
const PARTS = [
  [0, 1],
  [0.3, 1],
  [0, 0.7],
] as const;

/** Where less than this comes back in the whole, no part of it pulses: in 273 stretches of songs that pulse 0.37 and more does. */
const RETURNING = 0.35;

/**
 * The steady pulse of a track, or of most of it.
 * @returns null where there is none, or it is fainter or less steady than the limits
 */
export function findPulse(track: PulseTrack, limits: PulseLimits): Pulse | null {
  let best: Pulse | null = null;
  for (const [from, to] of PARTS) {
    const { pulse, returning } = pulseOf(partOf(track, from, to), limits);
    if (pulse && (!best || pulse.strength > best.strength)) best = pulse;
    if (returning < RETURNING) break;
  }
  return best;
}

function partOf({ rows, columns, rowsPerSecond, values }: PulseTrack, from: number, to: number): PulseTrack {
  const [first, end] = [Math.round(from * rows), Math.round(to * rows)];
  return {
    rows: end - first,
    columns,
    rowsPerSecond,
    values: values.subarray(first * columns, end * columns),
  };
}

/** @returns how much comes back at any lag that may be a period, too: -1 to 1 */
function pulseOf(track: PulseTrack, limits: PulseLimits): { pulse: Pulse | null; returning: number } {
  const { rows, rowsPerSecond } = track;
  const shortest = Math.max(2, Math.floor(rowsPerSecond / FASTEST_HZ));
  const longest = Math.min(Math.floor(rows / LEAST_PERIODS), Math.ceil(rowsPerSecond / SLOWEST_HZ));
  if (longest <= shortest) return { pulse: null, returning: 1 };
  const swings = detrended(track);
  const last = Math.floor((1 - LEAST_OVERLAP) * rows);
  const returns = autocorrelation(swings, track.columns, Math.max(longest + 1, last));
  const returning = returns
    .subarray(shortest, longest + 1)
    .reduce((most, value) => Math.max(most, value), -1);
  const lag = firstReturn(returns, shortest, longest);
  if (lag === null || returns[lag] < limits.strength) return { pulse: null, returning };
  const period = refinedPeriod(returns, lag);
  const { depthDb, attack } = courseOf(swings, track.columns, period);
  if (depthDb < limits.depthDb) return { pulse: null, returning };
  return { pulse: { period, strength: Math.min(1, returns[lag]), depthDb, attack }, returning };
}

/** Each column without its straight-line trend: a slow rise is no pulse. */
function detrended({ rows, columns, values }: PulseTrack): Float32Array {
  const result = new Float32Array(values.length);
  const centre = (rows - 1) / 2;
  const spread = (rows * (rows * rows - 1)) / 12;
  for (let column = 0; column < columns; column++) {
    let [mean, slope] = [0, 0];
    for (let row = 0; row < rows; row++) mean += values[row * columns + column] / rows;
    for (let row = 0; row < rows; row++) slope += ((row - centre) * values[row * columns + column]) / spread;
    for (let row = 0; row < rows; row++) {
      result[row * columns + column] = values[row * columns + column] - mean - slope * (row - centre);
    }
  }
  return result;
}

/** Of each lag in rows up to `last`, -1 to 1: over what overlaps, all columns together. */
function autocorrelation(swings: Float32Array, columns: number, last: number): Float32Array {
  const result = new Float32Array(last + 1);
  const { length } = swings;
  let [head, tail] = [0, 0];
  for (let i = 0; i < length; i++) head += swings[i] * swings[i];
  tail = head;
  const products = productsAtLags(swings, columns, last + 1);
  for (let lag = 0; lag <= last; lag++) {
    const shift = lag * columns;
    result[lag] = products[lag] / (Math.sqrt(head * tail) || Infinity);
    for (let column = 0; column < columns && shift < length; column++) {
      const first = swings[shift + column];
      const end = swings[length - 1 - shift - column];
      tail -= first * first;
      head -= end * end;
    }
  }
  return result;
}

function productsAtLags(swings: Float32Array, columns: number, lags: number): Float64Array {
  return withWorkspace((own) => {
    const values = own.floats(swings.length);
    const sums = own.doubles(lags);
    values.set(swings);
    kernels.lagProducts(values, swings.length, columns, lags, sums);
    return sums.slice();
  });
}

/** The shortest lag at which nearly as much comes back as at any, and before which little does. */
function firstReturn(returns: Float32Array, shortest: number, longest: number): number | null {
  const isPeak = (lag: number) => returns[lag] >= returns[lag - 1] && returns[lag] > returns[lag + 1];
  let most = 0;
  for (let lag = shortest; lag <= longest; lag++) {
    if (isPeak(lag) && returns[lag] > most) most = returns[lag];
  }
  let least = 1;
  for (let lag = 1; lag <= longest; lag++) {
    if (returns[lag] < least) least = returns[lag];
    const returnsHere = lag >= shortest && isPeak(lag) && returns[lag] >= most - NEARLY;
    if (returnsHere && returns[lag] - least >= LEAST_FALL) return lag;
  }
  return null;
}

/** The period by its highest multiple that still comes back: an error there counts by a share of it only. */
function refinedPeriod(returns: Float32Array, lag: number): number {
  let period = peakNear(returns, lag);
  for (let multiple = 2; (multiple + MULTIPLE_REACH) * period < returns.length - 1; multiple++) {
    const reach = Math.max(1, Math.round(MULTIPLE_REACH * period));
    const centre = Math.round(multiple * period);
    let best = centre - reach;
    for (let at = best; at <= Math.min(returns.length - 2, centre + reach); at++) {
      if (returns[at] > returns[best]) best = at;
    }
    if (returns[best] < returns[lag] - NEARLY || Math.abs(best - centre) === reach) break;
    period = peakNear(returns, best) / multiple;
  }
  return period;
}

/** Where the peak around a row lies, by a parabola. */
export function peakNear(values: ArrayLike<number>, row: number): number {
  if (row < 1 || row >= values.length - 1) return row;
  const [before, here, after] = [values[row - 1], values[row], values[row + 1]];
  const bend = before - 2 * here + after;
  return bend < 0 ? row + Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : row;
}

/** Parts of a period whose means are compared. */
const PHASES = 12;

/** How the mean period goes. */
function courseOf(swings: Float32Array, columns: number, period: number): Pick<Pulse, 'depthDb' | 'attack'> {
  const means = meanPeriod(swings, columns, period);
  let [squares, attack] = [0, 0];
  for (let column = 0; column < columns; column++) {
    let [least, most, rise, fall] = [Infinity, -Infinity, 0, 0];
    for (let phase = 0; phase < PHASES; phase++) {
      const here = means[phase * columns + column];
      const step = means[((phase + 1) % PHASES) * columns + column] - here;
      [least, most] = [Math.min(least, here), Math.max(most, here)];
      [rise, fall] = [Math.max(rise, step), Math.max(fall, -step)];
    }
    squares += square(most - least);
    if (fall > 0) attack = Math.max(attack, rise / fall);
  }
  return { depthDb: Math.sqrt(squares / columns), attack };
}

/** Mean of each part of a period, each column by itself. */
function meanPeriod(swings: Float32Array, columns: number, period: number): Float64Array {
  const means = new Float64Array(PHASES * columns);
  const counts = new Float64Array(PHASES);
  for (let row = 0; row * columns < swings.length; row++) {
    const phase = Math.floor(PHASES * ((row / period) % 1));
    counts[phase]++;
    for (let column = 0; column < columns; column++) {
      means[phase * columns + column] += swings[row * columns + column];
    }
  }
  for (let i = 0; i < means.length; i++) means[i] /= Math.max(1, counts[Math.floor(i / columns)]);
  return means;
}

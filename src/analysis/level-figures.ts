/** The course of a sound's level: how long it takes to its peak and from it, how even it is, and where it pauses. */

import { log10, square } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';

/** What is quieter than the loudest by more than this is not heard beside it, dB. */
const AUDIBLE_DB = 50;
/** A pause is quieter than what is loud (its 95 of 100 cells) by this much, for this long. */
const PAUSE_DB = 25;
const PAUSE_SEC = 0.08;
/** A sound has died down once it stays this far under its peak, dB. */
const DIED_DB = 20;
/** The level is smoothed over so many cells on both sides (58 ms in all), since a low tone swings within cells. */
const REACH = 2;
/** Cells that make a course. */
const LEAST_COURSE = 4;

export interface LevelFigures {
  /** From the start to the loudest moment. */
  readonly toPeakSec: number;
  /** From the loudest moment to the last one within 20 dB of it. */
  readonly decaySec: number;
  /** How steadily it falls from there, while it sounds: 1 along a straight line of dB, 0 where it does not, -1 where it rises. */
  readonly fall: number;
  /** From the first cell within 50 dB of the loudest to the last. */
  readonly soundingSec: number;
  /** Share of cells within 50 dB of the loudest. */
  readonly soundingShare: number;
  /** Of these, the standard deviation of the level. */
  readonly spreadDb: number;
  /** Of these, from the tenth of a hundred to the ninety-fifth. */
  readonly rangeDb: number;
  /** Between the first and the last sounding cell. */
  readonly pauseShare: number;
  readonly pausesPerSecond: number;
}

export function levelFigures({ power, hop, sampleRate }: Analysis): LevelFigures {
  const levels = smoothedDb(power);
  const cellSec = hop / sampleRate;
  let peak = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] > levels[peak]) peak = i;
  let died = levels.length - 1;
  while (died > peak && levels[died] < levels[peak] - DIED_DB) died--;
  const faint = levels[peak] - AUDIBLE_DB;
  const [first, last] = [
    levels.findIndex((level) => level > faint),
    levels.findLastIndex((level) => level > faint),
  ];
  const sounding = levels.filter((level) => level > faint).sort();
  const at = (share: number) => sounding[Math.floor(share * (sounding.length - 1))] ?? 0;
  const pauses = pausesOf(
    levels.subarray(first, last + 1),
    at(0.95),
    Math.max(2, Math.round(PAUSE_SEC / cellSec)),
  );
  return {
    toPeakSec: peak * cellSec,
    decaySec: (died - peak + 1) * cellSec,
    fall: -correlation(levels.subarray(peak, last + 1)),
    soundingSec: (last - first + 1) * cellSec,
    soundingShare: sounding.length / Math.max(1, levels.length),
    spreadDb: deviation(sounding),
    rangeDb: at(0.95) - at(0.1),
    pauseShare: pauses.cells / (last - first + 1),
    pausesPerSecond: pauses.count / Math.max(0.5, (last - first + 1) * cellSec),
  };
}

function smoothedDb(power: Float32Array): Float32Array {
  return power.map((_, i) => {
    let sum = 0;
    const [from, to] = [Math.max(0, i - REACH), Math.min(power.length - 1, i + REACH)];
    for (let j = from; j <= to; j++) sum += power[j];
    return 10 * log10(sum / (to - from + 1) + 1e-12);
  });
}

function pausesOf(levels: Float32Array, loud: number, least: number) {
  let [cells, count, run] = [0, 0, 0];
  for (const level of levels) {
    run = level < loud - PAUSE_DB ? run + 1 : 0;
    if (run === least) count++;
    if (run >= least) cells += run === least ? least : 1;
  }
  return { cells, count };
}

/** Of levels with time, -1 to 1; 0 where there are too few to tell. */
function correlation(levels: Float32Array): number {
  const count = levels.length;
  if (count < LEAST_COURSE) return 0;
  const mean = levels.reduce((sum, level) => sum + level, 0) / count;
  let [product, squares, times] = [0, 0, 0];
  levels.forEach((level, i) => {
    const time = i - (count - 1) / 2;
    product += time * (level - mean);
    squares += square(level - mean);
    times += square(time);
  });
  return squares > 0 ? product / Math.sqrt(squares * times) : 0;
}

export function deviation(values: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    squares += square(values[i]);
  }
  const count = Math.max(1, values.length);
  return Math.sqrt(Math.max(0, squares / count - square(sum / count)));
}

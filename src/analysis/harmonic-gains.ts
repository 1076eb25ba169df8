import type { KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { phasors } from '../dsp/phasors.ts';
import { leastAlongTime, type RowRange } from './least-along-time.ts';
import { noiseFloor } from './noise-floor.ts';

/**
 * What of a power spectrogram lasts: the tones that are held, and the noise that stands behind everything (breath, bow,
 * hiss, room). What is struck goes.
 *
 * FitzGerald's masks (DAFx-10) say that what is as wide as a hit is one, and with the hits take all noise: air between 4
 * and 10 kHz came out 30 dB under the quietest moments of drummed songs, the mean of nine. Here, as in the three-way
 * separation of Fierro and Välimäki (arXiv 2210.14041), noise is a part of its own, known by its level:
 *
 * - A tone is what a bin never falls under within a second. Between eight hits a second a median would still hold
 *   their tails.
 * - Noise is what the bins around hardly ever fall under ({@link noiseFloor}).
 * - What stands out above both is a hit: where it is wide, all its bins know from each other how strong it is (a Wiener
 *   gain); where it is as narrow as a kick, the bin alone does (a ceiling).
 * - Turned down to the level of the noise, a hit is still a click: its bins swing in step. So as far as a bin holds noise
 *   and a hit, its phase is drawn by chance, which spreads it over its frame (noise morphing, arXiv 2312.14586). Without
 *   that a hit is heard at 40 % of its rise, with it at 7 %, which is what noise rises by itself.
 */

/** Time over which a level must last, s. */
const LASTING_SEC = 1;
/**
 * A tone may swell above its least level by this, in power: 4.8 dB. Two voices that beat have deep valleys: with 3 dB, chords
 * of such voices come out 1.2 dB further from what they were, and with 0.03 instead of 0.01 of error in left/right correlation.
 */
const ROOM = 3;
/** A bin whose least level is this many times the noise holds a tone, in power; from the noise on it does in part. */
const TONE = 2;
/**
 * Four frames overlap at any place. In step they add up to the sound; by chance they add up in power, which is half of
 * the amplitude.
 */
const SCATTERED_GAIN = 2;
/** Width over which the spectrum of a hit and of noise is even, Hz: the median passes over partials narrower than half of it. */
const EVEN_HZ = 100;

/** Over how many rows a level must last, and over how many columns noise is even; both odd. */
export interface HarmonicShape {
  readonly rows: number;
  readonly columns: number;
}

/** @param rowSec from one row to the next, s; binHz from one column to the next, Hz */
export function harmonicShape(rowSec: number, binHz: number): HarmonicShape {
  const odd = (width: number) => 2 * Math.max(1, Math.round(width / 2)) + 1;
  return { rows: odd(LASTING_SEC / rowSec), columns: odd(EVEN_HZ / binHz) };
}

/** Turns the bins of rows, one row after the other, into what lasts of them. */
export interface LastingPart {
  /**
   * What the bins of a row are multiplied by: a gain as they are, and a gain in a direction drawn by chance, which depends on
   * the place alone, so that any range draws the same.
   * @param row one of the rows wanted, @param place of it in the whole sound
   * @param turnRe filled with one number a bin, as `turnIm` is
   */
  turns(row: number, place: number, turnRe: KernelFloats, turnIm: KernelFloats): void;
}

/**
 * @param power rows × columns, row after row; not changed
 * @param wanted the rows that are asked for, the last one included
 * @param own in which all of it lives
 */
export function lastingPart(
  power: Float32Array,
  columns: number,
  shape: HarmonicShape,
  wanted: RowRange,
  own: KernelWorkspace,
): LastingPart {
  const rows = power.length / columns;
  const least = leastAlongTime(power, rows, columns, shape.rows, wanted);
  const grid = noiseFloor(power, rows, columns, shape, own);
  const here = own.floats(columns);
  const [noise, hit] = [0, 1].map(() => own.floats(grid.lineLength));
  return {
    turns(row, place, turnRe, turnIm) {
      const at = (row - wanted.first) * columns;
      here.set(power.subarray(row * columns, (row + 1) * columns));
      turnRe.set(least.subarray(at, at + columns));
      grid.spread(row, noise, hit);
      kernels.lastingGains(here, turnRe, turnIm, noise, hit, columns, ROOM, TONE, SCATTERED_GAIN);
      kernels.lastingTurns(turnRe, turnIm, phasors, place, columns);
    },
  };
}

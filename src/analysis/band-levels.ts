/** What the mel bands of a sound say of its colour, how fast they go up and down, and what in them is struck. */

import { log2, pow, square } from '../dsp/maths.ts';
import type { Analysis, Track } from './analysis.ts';
import { deviation } from './level-figures.ts';

/** Bands of the timbre track (40, evenly spaced in mel from 40 Hz to 16 kHz): up to 190 Hz; 250 Hz to 3.5 kHz; from 5 kHz. */
const LOW_END = 2;
const VOICE = [3, 21] as const;
const HIGH_START = 26;
/** What lies further than this under the loudest of the sound is not heard beside it, dB. */
const AUDIBLE_DB = 50;
/** Rows of 46 ms: changes within seven rows (0.33 s) are faster than 3 a second, as syllables are. */
const SYLLABLE_REACH = 3;
/** Rows, and bands, over which the median tells what lasts from what is struck (Fitzgerald, DAFx-10). */
const MEDIAN_REACH = 5;

export interface BandLevels {
  /** Mean spectral flatness of what sounds, 0 to 1, and its standard deviation. */
  readonly flatness: number;
  readonly flatnessSpread: number;
  /** Mean spectral centroid of what sounds, octaves re 1 kHz, and its standard deviation. */
  readonly centroidOctaves: number;
  readonly centroidSpread: number;
  /** Shares of the power: under 190 Hz, from 250 Hz to 3.5 kHz, above 5 kHz. */
  readonly lowShare: number;
  readonly voiceShare: number;
  readonly highShare: number;
  /** Mean change of a band from row to row, dB. */
  readonly changeDb: number;
  /** Standard deviation of the voice's bands within a third of a second, and of what is slower than that, dB. */
  readonly syllableDb: number;
  readonly slowDb: number;
  /** Share of the power that is struck rather than lasting. */
  readonly struckShare: number;
}

export function bandLevels(analysis: Analysis): BandLevels {
  const { timbre } = analysis;
  const levels = audible(timbre);
  const powers = levels.map((level) => pow(10, level / 10));
  return {
    ...shapeFigures(analysis),
    ...shares(timbre, powers),
    changeDb: meanChange(timbre, levels),
    ...voiceMovement(timbre, levels),
    struckShare: struckShare(timbre, powers),
  };
}

/** Levels not less than what is heard beside the loudest. */
function audible({ values }: Track): Float32Array {
  const floor = values.reduce((most, level) => Math.max(most, level), -120) - AUDIBLE_DB;
  return values.map((level) => Math.max(level, floor));
}

function shapeFigures({ power, flatness, centroid }: Analysis) {
  const loudest = power.reduce((most, value) => Math.max(most, value), 0);
  const sounds = (_: number, cell: number) => power[cell] > loudest * 1e-4 && centroid[cell] > 0;
  const flat = flatness.filter(sounds);
  const octaves = Float64Array.from(centroid.filter(sounds), (hertz) => log2(hertz / 1000));
  return {
    flatness: average(flat),
    flatnessSpread: deviation(flat),
    centroidOctaves: average(octaves),
    centroidSpread: deviation(octaves),
  };
}

function shares({ columns }: Track, powers: Float32Array) {
  let [low, voice, high, all] = [0, 0, 0, 1e-12];
  for (let i = 0; i < powers.length; i++) {
    const band = i % columns;
    all += powers[i];
    if (band < LOW_END) low += powers[i];
    else if (band >= HIGH_START) high += powers[i];
    else if (band >= VOICE[0] && band < VOICE[1]) voice += powers[i];
  }
  return { lowShare: low / all, voiceShare: voice / all, highShare: high / all };
}

function meanChange({ columns }: Track, levels: Float32Array): number {
  let sum = 0;
  for (let i = columns; i < levels.length; i++) sum += Math.abs(levels[i] - levels[i - columns]);
  return sum / Math.max(1, levels.length - columns);
}

function voiceMovement({ rows, columns }: Track, levels: Float32Array) {
  let [fast, slow] = [0, 0];
  const bands = VOICE[1] - VOICE[0];
  for (let band = VOICE[0]; band < VOICE[1]; band++) {
    const course = Float64Array.from({ length: rows }, (_, row) => levels[row * columns + band]);
    const smooth = course.map((_, row) =>
      average(course.subarray(Math.max(0, row - SYLLABLE_REACH), row + SYLLABLE_REACH + 1)),
    );
    fast += deviation(course.map((level, row) => level - smooth[row])) / bands;
    slow += deviation(smooth) / bands;
  }
  return { syllableDb: fast, slowDb: slow };
}

/** Median over bands (struck) against median over rows (lasting), as shares of the power. */
function struckShare({ rows, columns }: Track, powers: Float32Array): number {
  let [struck, all] = [0, 1e-12];
  const around = new Float32Array(2 * MEDIAN_REACH + 1);
  for (let row = 0; row < rows; row++) {
    for (let band = 0; band < columns; band++) {
      const power = powers[row * columns + band];
      const across = medianAround(powers, row * columns, 1, band, columns, around);
      const along = medianAround(powers, band, columns, row, rows, around);
      all += power;
      struck += power * (square(across) / (square(across) + square(along) + 1e-24));
    }
  }
  return struck / all;
}

/**
 * The median of what lies about the value `at` of a line: `count` values from `start` on, each `stride` further.
 * @param around workspace
 */
function medianAround(
  values: Float32Array,
  start: number,
  stride: number,
  at: number,
  count: number,
  around: Float32Array,
): number {
  const first = Math.max(0, at - MEDIAN_REACH);
  const length = Math.min(count - 1, at + MEDIAN_REACH) - first + 1;
  for (let taken = 0; taken < length; taken++) {
    const value = values[start + (first + taken) * stride];
    let place = taken;
    for (; place > 0 && around[place - 1] > value; place--) around[place] = around[place - 1];
    around[place] = value;
  }
  return around[length >> 1];
}

function average(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / Math.max(1, values.length);
}

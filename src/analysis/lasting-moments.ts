/**
 * Where what lasts in a song holds still, whatever is struck over it, as far as the analysis of the mix tells: so that only
 * such passages need be separated.
 */
import { exp, log10, pow } from '../dsp/maths.ts';
import type { Analysis, Track } from './analysis.ts';
import { leastAlongTime } from './least-along-time.ts';
import { lastEndBeforeFadeOut, type Moment, type MomentRequest } from './moments.ts';
import { worthOfPassages } from './passage-worth.ts';
import { segmentFigures } from './segments.ts';
import { colourSums, pitchSteadiness, stabilityOf, timbreSpread } from './stability-score.ts';
import { TrackSums } from './track-sums.ts';

/** Pitch classes that hold less than this are those of noise and of melodies, 0 to 1. */
const LEAST_STEADY = 0.4;
/** Time over which a level lasts, s. */
const LASTING_SEC = 1;
/** Spread of the bands, their common level aside, at which a share falls to 1/e, dB. */
const TIMBRE_SPREAD_DB = 10;
/** What lasts and yet rises or falls by more than this over the window goes away there, dB. */
const MOST_TREND_DB = 6;

/**
 * Windows in time order, scored 0 to 1 by how well their pitch classes hold, and level and colour of what lasts. Pitch
 * classes are counted from peaks of the spectrum, which drums change little; what lasts is what each band of the timbre
 * does not fall under within a second. A window whose mix is too quiet is left out: what lasts in it is no louder.
 */
export function lastingMoments(analysis: Analysis, { length, leadIn, hop, limits }: MomentRequest): Moment[] {
  const chroma = new TrackSums(analysis.chroma);
  const lasting = lastingTimbre(analysis);
  const timbre = colourSums(lasting);
  const level = new TrackSums(levelOf(lasting));
  const stability = stabilityOf(analysis);
  const figures = segmentFigures(analysis);
  const lastEnd = lastEndBeforeFadeOut(analysis);
  const found: Moment[] = [];
  for (let start = leadIn; start + length <= lastEnd; start += hop) {
    if (figures.rmsDb(start - leadIn, leadIn + length) < limits.minRmsDb) continue;
    const pitch = pitchSteadiness(chroma, start, length);
    if (pitch < LEAST_STEADY) continue;
    const [first, end] = level.rowRange(start, length);
    const middle = (first + end) >> 1;
    const trend = 2 * (level.mean(0, middle, end) - level.mean(0, first, middle || 1));
    if (Math.abs(trend) > MOST_TREND_DB) continue;
    const score = pitch * exp(-timbreSpread(timbre, start, length) / TIMBRE_SPREAD_DB);
    const { embedding } = stability(start, length);
    // What strikes, and what it clips, goes with what is separated from it.
    found.push({ start, length, score, worth: score, embedding, clips: false, isEventful: false });
  }
  return worthOfPassages(found, analysis.sampleRate);
}

/** Of each band the least level within a second around. */
function lastingTimbre({ timbre, sampleRate }: Analysis): Track {
  const { rows, columns, values, hop } = timbre;
  const width = 2 * Math.round((LASTING_SEC * sampleRate) / hop / 2) + 1;
  return { hop, rows, columns, values: leastAlongTime(values, rows, columns, width) };
}

/** The level of all bands together, dB. */
function levelOf({ rows, columns, values, hop }: Track): Track {
  const levels = new Float32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let power = 0;
    for (const end = at + columns; at < end; at++) power += pow(10, values[at] / 10);
    levels[row] = 10 * log10(power);
  }
  return { hop, rows, columns: 1, values: levels };
}

/**
 * Where what lasts in a song holds still, whatever is struck over it, as far as the analysis of the mix tells: so that only
 * such passages need be separated.
 */
import { exp } from '../dsp/maths.ts';
import type { Analysis, Track } from './analysis.ts';
import { leastAlongTime } from './least-along-time.ts';
import { lastEndBeforeFadeOut, type Moment, type MomentRequest } from './moments.ts';
import { segmentFigures } from './segments.ts';
import { colourSums, pitchSteadiness, stabilityOf, timbreSpread } from './stability-score.ts';
import { trackSums } from './track-sums.ts';

/** Pitch classes that hold less than this are those of noise and of melodies, 0 to 1. */
const LEAST_STEADY = 0.4;
/** Time over which a level lasts, s. */
const LASTING_SEC = 1;
/** Spread of the bands, their common level aside, at which a share falls to 1/e, dB. */
const TIMBRE_SPREAD_DB = 10;
/** Windows that begin nearer than this are of one passage, s. */
const NEIGHBOURS_SEC = 2;

/**
 * Windows in time order, scored 0 to 1 by how well their pitch classes hold, and level and colour of what lasts. Pitch
 * classes are counted from peaks of the spectrum, which drums change little; what lasts is what each band of the timbre
 * does not fall under within a second. A window whose mix is too quiet is left out: what lasts in it is no louder.
 */
export function lastingMoments(analysis: Analysis, { length, leadIn, hop, limits }: MomentRequest): Moment[] {
  const chroma = trackSums(analysis.chroma);
  const timbre = colourSums(lastingTimbre(analysis));
  const stability = stabilityOf(analysis);
  const { rmsDb } = segmentFigures(analysis);
  const lastEnd = lastEndBeforeFadeOut(analysis);
  const found: Moment[] = [];
  for (let start = leadIn; start + length <= lastEnd; start += hop) {
    if (rmsDb(start - leadIn, leadIn + length) < limits.minRmsDb) continue;
    const pitch = pitchSteadiness(chroma, start, length);
    if (pitch < LEAST_STEADY) continue;
    const score = pitch * exp(-timbreSpread(timbre, start, length) / TIMBRE_SPREAD_DB);
    const { embedding } = stability(start, length);
    // What strikes, and what it clips, goes with what is separated from it.
    found.push({ start, length, score, embedding, clips: false, isEventful: false });
  }
  return withTheirNeighbours(found, NEIGHBOURS_SEC * analysis.sampleRate);
}

/** Of each band the least level within a second around. */
function lastingTimbre({ timbre, sampleRate }: Analysis): Track {
  const { rows, columns, values, hop } = timbre;
  const width = 2 * Math.round((LASTING_SEC * sampleRate) / hop / 2) + 1;
  return { ...timbre, values: leastAlongTime(values, rows, columns, width) };
}

/**
 * Each score a mean of those about it, the nearest weighing most: so a passage is chosen, and no window of it that happens to be
 * the best by a hair.
 */
function withTheirNeighbours(windows: readonly Moment[], reach: number): Moment[] {
  return windows.map((window, i) => {
    let [sum, weights] = [0, 0];
    const weigh = (other: Moment | undefined) => {
      const weight = other ? reach - Math.abs(other.start - window.start) : 0;
      if (!other || weight <= 0) return false;
      sum += weight * other.score;
      weights += weight;
      return true;
    };
    for (let k = i; weigh(windows[k]); k--);
    for (let k = i + 1; weigh(windows[k]); k++);
    return { ...window, score: sum / weights };
  });
}

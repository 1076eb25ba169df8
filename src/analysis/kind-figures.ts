/**
 * What tells songs, held tones, drum loops, hits, noise and speech apart, as figures: length, attacks, levels, beat, tone,
 * and how fast the level of the voice's bands goes up and down.
 */

import { log, log10, square } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';
import { type BandLevels, bandLevels } from './band-levels.ts';
import { type LevelFigures, levelFigures } from './level-figures.ts';
import { stabilityOf } from './stability-score.ts';

/** Figures by name; the table of kinds weighs them all. */
export type KindFigures = ReadonlyMap<KindFigure, number>;

const KIND_FIGURES = [
  'length',
  'sounding length',
  'longer than 2 s',
  'longer than 15 s',
  'longer than 60 s',
  'attacks a second',
  'many attacks',
  'firm attacks',
  'force of attacks',
  'one attack',
  'sharpness of attacks',
  'time to the peak',
  'time to -20 dB',
  'steady fall',
  'sounding share',
  'level spread',
  'level range',
  'pauses',
  'pauses a second',
  'flatness',
  'flatness spread',
  'centroid',
  'centroid spread',
  'low share',
  'voice share',
  'high share',
  'colour change',
  'syllables',
  'slow changes',
  'struck share',
  'beat',
  'key',
  'root',
  'pitch peak',
  'pitch steadiness',
  'stillness',
] as const;
export type KindFigure = (typeof KIND_FIGURES)[number];

/** Stability is measured over stretches of this length, s. */
const STILL_SEC = 1.5;
/** An onset of this strength is firm, dB of mean rise: drums; soft entries stay under it. */
const FIRM_DB = 5;
/** What is struck is at its loudest within two cells (23 ms); what a syllable comes to shows within ten (0.12 s). */
const STRUCK_CELLS = 2;
const FOLLOWED_CELLS = 10;

/**
 * @param windows analyses of excerpts of a source, in their order, all of one rate; of a short one, of all of it
 * @param seconds length of the whole source
 */
export function kindFigures(windows: readonly Analysis[], seconds: number): KindFigures {
  const weights = windows.map(({ frameCount }) => frameCount);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  /** Of the windows, by their length. */
  const mean = (of: (window: Analysis, i: number) => number) =>
    windows.reduce((sum, window, i) => sum + of(window, i) * weights[i], 0) / Math.max(1, all);
  const analysedSec = all / windows[0].sampleRate;
  const levels = windows.map(levelFigures);
  const bands = windows.map(bandLevels);
  const level = (name: keyof LevelFigures) => mean((_, i) => levels[i][name]);
  const band = (name: keyof BandLevels) => mean((_, i) => bands[i][name]);
  const values: Record<KindFigure, number> = {
    length: logarithm(seconds),
    'sounding length': logarithm(windows.length > 1 ? seconds : levels[0].soundingSec),
    'longer than 2 s': Math.max(0, logarithm(seconds / 2)),
    'longer than 15 s': Math.max(0, logarithm(seconds / 15)),
    'longer than 60 s': seconds > 60 ? 1 : 0,
    ...attackFigures(windows, analysedSec),
    'sharpness of attacks': mean(attackSharpness),
    'time to the peak': logarithm(0.01 + levels[0].toPeakSec),
    'time to -20 dB': logarithm(0.01 + levels[0].decaySec),
    'steady fall': levels[0].fall,
    'sounding share': level('soundingShare'),
    'level spread': level('spreadDb'),
    'level range': level('rangeDb'),
    pauses: level('pauseShare'),
    'pauses a second': level('pausesPerSecond'),
    flatness: band('flatness'),
    'flatness spread': band('flatnessSpread'),
    centroid: band('centroidOctaves'),
    'centroid spread': band('centroidSpread'),
    'low share': band('lowShare'),
    'voice share': band('voiceShare'),
    'high share': band('highShare'),
    'colour change': band('changeDb'),
    syllables: band('syllableDb'),
    'slow changes': band('slowDb'),
    'struck share': band('struckShare'),
    beat: mean(({ tempo }) => tempo?.confidence ?? 0),
    key: mean(({ key }) => key?.confidence ?? 0),
    root: mean(({ root }) => root?.confidence ?? 0),
    'pitch peak': mean(pitchPeak),
    'pitch steadiness': mean(pitchSteadiness),
    stillness: mean(meanStability),
  };
  return new Map(KIND_FIGURES.map((name) => [name, values[name]]));
}

/** How often and how hard something is struck. */
function attackFigures(windows: readonly Analysis[], analysedSec: number) {
  const onsets = windows.flatMap((window) => onsetStrengths(window));
  const seconds = Math.max(0.25, analysedSec);
  const firm = onsets.filter((strength) => strength >= FIRM_DB).length;
  const force = onsets.reduce((sum, strength) => sum + strength, 0) / seconds;
  return {
    'attacks a second': Math.min(12, onsets.length / seconds),
    'many attacks': logarithm(1 + onsets.length),
    'firm attacks': Math.min(12, firm / seconds),
    'force of attacks': logarithm(1 + force),
    'one attack': onsets.length <= 1 ? 1 : 0,
  };
}

function logarithm(value: number): number {
  return log(Math.max(1e-3, value));
}

/** Strength of each onset: it peaks up to two cells early, see `onsets.ts`. */
function onsetStrengths({ onsets, onsetStrength }: Analysis): number[] {
  return [...onsets].map((cell) => Math.max(...onsetStrength.subarray(Math.max(0, cell - 2), cell + 1)));
}

/** By how much an attack has been left behind by what follows it at once, dB: 0 for drums, which are loudest when struck. */
function attackSharpness({ onsets, power }: Analysis): number {
  let sum = 0;
  for (const onset of onsets) {
    const struck = maximum(power.subarray(onset, onset + STRUCK_CELLS));
    const after = maximum(power.subarray(onset, onset + FOLLOWED_CELLS));
    sum += 10 * log10((struck + 1e-12) / (after + 1e-12));
  }
  return onsets.length > 0 ? sum / onsets.length : 0;
}

function maximum(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** How much of the sound one pitch class holds at a time: 1 a single tone, near 0.1 noise. */
function pitchPeak({ chroma }: Analysis): number {
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < chroma.rows; row++) {
    const most = Math.max(...chroma.values.subarray(row * chroma.columns, (row + 1) * chroma.columns));
    if (most > 0) rows++;
    sum += most;
  }
  return rows > 0 ? sum / rows : 0;
}

/** 1 where all the while the same pitch classes sound, towards 0 where they change. */
function pitchSteadiness({ chroma: { values, rows, columns } }: Analysis): number {
  const mean = new Float64Array(columns);
  let whole = 0;
  for (let i = 0; i < rows * columns; i++) {
    mean[i % columns] += values[i] / rows;
    whole += square(values[i]) / rows;
  }
  const steady = mean.reduce((sum, value) => sum + square(value), 0);
  return whole > 0 ? steady / whole : 0;
}

function meanStability(analysis: Analysis): number {
  const { frameCount, sampleRate } = analysis;
  const of = stabilityOf(analysis);
  const count = Math.min(frameCount, Math.round(STILL_SEC * sampleRate));
  const steps = Math.max(1, Math.floor((2 * (frameCount - count)) / count) + 1);
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += of(Math.floor((i * count) / 2), count).score;
  return sum / steps;
}

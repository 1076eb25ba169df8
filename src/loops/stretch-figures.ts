/**
 * What is heard of a stretch of a sound, in a few figures that running sums give at once: how loud it is and how much its
 * level swings, bass, presence and treble, how its sides hang together, how noisy it is and how much it changes. By them
 * a crossfade is compared with stretches of the music that are as long.
 */
import { log10 } from '../dsp/maths.ts';
import { PRODUCTS, runningProducts } from '../dsp/sums.ts';
import { addBandPowers, type BandLevels, bandNumbers } from './band-levels.ts';
import { BAND_COUNT, type LogMelFrames } from './log-mel.ts';

/** The figures, in this order. Those of `sides` are 0 of one channel. */
export const FIGURES = [
  'level',
  'swing',
  'bass',
  'presence',
  'treble',
  'correlation',
  'width',
  'balance',
  'flatness',
  'flux',
  'largestFlux',
] as const;
export type StretchFigure = (typeof FIGURES)[number];
export const FIGURE_COUNT = FIGURES.length;

/** The level swings about its mean over this on either side, s. */
export const SWING_REACH_SEC = 0.25;
/** Under this share of the power a channel or a difference of channels is silent: -50 dB. */
const SILENT_SHARE = 1e-5;
const LEAST_POWER = 1e-20;

/** Levels and products of the channels, hop by hop, as running sums. */
export interface SideTrack {
  /** Hops. */
  readonly count: number;
  /** Σ left², Σ right², Σ left·right before each hop, and after the last. */
  readonly sums: Float64Array;
  /** By how much the level around each hop (three hops, 35 ms) is off its mean over {@link SWING_REACH_SEC}, dB. */
  readonly swings: Float32Array;
}

/** @param hop samples */
export function sideTrack(channels: readonly Float32Array[], hop: number, sampleRate: number): SideTrack {
  const [left, right] = channels;
  const count = Math.floor(left.length / hop);
  const sums = runningProducts(left, right ?? null, count, (row) => Math.round(row * hop));
  return { count, sums, swings: swingsOf(sums, count, Math.round((SWING_REACH_SEC * sampleRate) / hop)) };
}

function swingsOf(sums: Float64Array, count: number, reach: number): Float32Array {
  const levels = new Float64Array(count + 1);
  const here = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const [from, to] = [Math.max(0, row - 1) * PRODUCTS, Math.min(count, row + 2) * PRODUCTS];
    here[row] = 10 * log10(Math.max(sums[to] - sums[from] + sums[to + 1] - sums[from + 1], LEAST_POWER));
    levels[row + 1] = levels[row] + here[row];
  }
  for (let row = 0; row < count; row++) {
    const [from, to] = [Math.max(0, row - reach), Math.min(count, row + reach + 1)];
    here[row] -= (levels[to] - levels[from]) / (to - from);
  }
  return here;
}

/** Colour of all channels together, frame by frame, as running sums. */
export interface ColourTrack {
  readonly count: number;
  readonly bands: readonly BandLevels[];
  /** Before each frame: by how much the bands' mean level lies under that of their mean power, dB; and change, dB a band. */
  readonly flatnesses: Float64Array;
  readonly changes: Float64Array;
  readonly fluxes: readonly Float32Array[];
}

export function colourTrack(
  frames: readonly LogMelFrames[],
  fluxes: readonly Float32Array[],
  bands: readonly BandLevels[],
): ColourTrack {
  const [{ count }] = frames;
  const [flatnesses, changes] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  for (let i = 0; i < count; i++) {
    let [flatness, change] = [0, 0];
    for (const [c, own] of bands.entries()) {
      powers.fill(0);
      addBandPowers(own, i, i + 1, 1 / BAND_COUNT, powers);
      const power = powers[0] + powers[1] + powers[2];
      flatness += own.levelSums[i] / BAND_COUNT - 10 * log10(Math.max(power, LEAST_POWER));
      change += fluxes[c][i];
    }
    flatnesses[i + 1] = flatnesses[i] + flatness / frames.length;
    changes[i + 1] = changes[i] + change / frames.length;
  }
  return { count, bands, flatnesses, changes, fluxes };
}

/** The music that a crossfade is held against, row by row. */
export interface MusicTracks {
  readonly sides: SideTrack;
  readonly colours: ColourTrack;
}

/** @param figures {@link FIGURE_COUNT} numbers, of which level, swing and those of the sides are filled */
export function sideFigures(
  { count, sums, swings }: SideTrack,
  from: number,
  to: number,
  figures: Float64Array,
): void {
  const [first, end] = rowsWithin(count, from, to);
  products.fill(0);
  addProducts(sums, first, end);
  setSides(end - first, figures);
  let swing = 0;
  for (let row = first; row < end; row++) swing = Math.max(swing, Math.abs(swings[row]));
  figures[1] = swing;
}

/**
 * What is expected of the blend of two stretches of one length, whose powers are kept: level, bands and the figures of the
 * sides; the others are set to NaN.
 * @param one first row of either stretch
 */
export function blendFigures(
  { sides, colours }: MusicTracks,
  one: number,
  other: number,
  rows: number,
  figures: Float64Array,
): void {
  figures.fill(Number.NaN);
  products.fill(0);
  powers.fill(0);
  for (const from of [one, other]) {
    const [first, end] = rowsWithin(sides.count, from, from + rows);
    addProducts(sides.sums, first, end);
    for (const levels of colours.bands) addBandPowers(levels, first, end, 0.5 / (end - first), powers);
  }
  setSides(2 * rows, figures);
  setBands(figures);
}

function rowsWithin(count: number, from: number, to: number): [first: number, end: number] {
  const first = Math.max(0, Math.min(count - 1, from));
  return [first, Math.max(first + 1, Math.min(count, to))];
}

/** Σ left², Σ right², Σ left·right of what is looked at, and powers of its bands. */
const products = new Float64Array(PRODUCTS);
const powers = bandNumbers();

function addProducts(sums: Float64Array, first: number, end: number): void {
  for (let k = 0; k < PRODUCTS; k++) products[k] += sums[PRODUCTS * end + k] - sums[PRODUCTS * first + k];
}

function setSides(rows: number, figures: Float64Array): void {
  const [left, right, both] = products;
  const power = left + right;
  const least = Math.max(SILENT_SHARE * power, LEAST_POWER);
  figures[0] = 10 * log10(Math.max(power / rows, LEAST_POWER));
  if (right <= least || left <= least) {
    figures[5] = figures[6] = figures[7] = 0;
    return;
  }
  figures[5] = both / Math.sqrt(left * right);
  figures[6] = 10 * log10(Math.max(power - 2 * both, least) / Math.max(power + 2 * both, least));
  figures[7] = 10 * log10(left / right);
}

function setBands(figures: Float64Array): void {
  const least = Math.max(SILENT_SHARE * (powers[0] + powers[1] + powers[2]), LEAST_POWER);
  for (let band = 0; band < powers.length; band++)
    figures[2 + band] = 10 * log10(Math.max(powers[band], least));
}

/** The other figures. */
export function colourFigures(
  { count, bands, flatnesses, changes, fluxes }: ColourTrack,
  from: number,
  to: number,
  figures: Float64Array,
): void {
  const [first, end] = rowsWithin(count, from, to);
  const share = 1 / (end - first);
  powers.fill(0);
  for (const levels of bands) addBandPowers(levels, first, end, share, powers);
  setBands(figures);
  figures[8] = share * (flatnesses[end] - flatnesses[first]);
  figures[9] = share * (changes[end] - changes[first]);
  let largest = 0;
  for (const flux of fluxes) for (let i = first; i < end; i++) largest = Math.max(largest, flux[i]);
  figures[10] = largest;
}

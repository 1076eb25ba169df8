/**
 * How far a crossfade stands out from the music that it lies in: each of its figures against those of stretches as long.
 * One that lies among them is not found out, whatever it is.
 */
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import {
  colourFigures,
  FIGURE_COUNT,
  FIGURES,
  type MusicTracks,
  type StretchFigure,
  sideFigures,
} from './stretch-figures.ts';

/** What nobody notices, in each figure's unit: no spread counts as less. */
const UNNOTICED: Readonly<Record<StretchFigure, number>> = {
  level: 0.1,
  swing: 0.4,
  bass: 0.6,
  presence: 0.6,
  treble: 0.8,
  correlation: 0.01,
  width: 0.2,
  balance: 0.2,
  flatness: 0.4,
  flux: 0.1,
  largestFlux: 0.3,
};
/** Less of these than in the music is not noticed. */
const ONLY_MORE: ReadonlySet<StretchFigure> = new Set(['swing', 'flux', 'largestFlux']);
const BANDS: ReadonlySet<StretchFigure> = new Set(['bass', 'presence', 'treble']);
/** Share of the stretches that the spread holds; set by hand. */
const HELD = 0.9;
/** Up to this share of the spread a figure costs nothing; set by hand. */
const UNSEEN = 0.7;
/** Stretches that a crossfade is compared with, evenly spread. */
const COMPARED = 48;

/** How far a crossfade stands out. */
export interface StandingOut {
  /** Of the figure that stands out most: its distance from the median, over what nine in ten stretches keep to. */
  readonly most: number;
  /** Of all figures, what goes beyond {@link UNSEEN}, summed. */
  readonly sum: number;
  /** By how much bass, presence or treble goes beyond what nine in ten stretches keep to, dB. */
  readonly bandDb: number;
}

/** Of each figure over the stretches of some music: the median, and what {@link HELD} of them keep to about it. */
export interface UsualFigures {
  readonly medians: Float64Array;
  readonly spreads: Float64Array;
}

const own = new KernelWorkspace();
/** Of each figure the values of all stretches. */
const columns = FIGURES.map(() => own.doubles(COMPARED));

/**
 * @param from first row of the music that is compared, `to` the one after the last
 * @param rows as long as the crossfade
 */
export function usualFigures(
  { sides, colours }: MusicTracks,
  from: number,
  to: number,
  rows: number,
): UsualFigures {
  const room = Math.max(0, to - from - rows);
  const count = Math.min(COMPARED, room + 1);
  const figures = new Float64Array(FIGURE_COUNT);
  for (let i = 0; i < count; i++) {
    const first = from + (count > 1 ? Math.round((i * room) / (count - 1)) : 0);
    sideFigures(sides, first, first + rows, figures);
    colourFigures(colours, first, first + rows, figures);
    for (let k = 0; k < FIGURE_COUNT; k++) columns[k][i] = figures[k];
  }
  const [medians, spreads] = [new Float64Array(FIGURE_COUNT), new Float64Array(FIGURE_COUNT)];
  for (const [k, name] of FIGURES.entries()) {
    kernels.sortFew(columns[k], count);
    const median = columns[k][count >> 1];
    for (let i = 0; i < count; i++) columns[k][i] = Math.abs(columns[k][i] - median);
    kernels.sortFew(columns[k], count);
    medians[k] = median;
    spreads[k] = Math.max(UNNOTICED[name], columns[k][Math.floor(HELD * (count - 1))]);
  }
  return { medians, spreads };
}

/** @param crossfade its figures; those that are NaN are not looked at */
export function standingOut(crossfade: Float64Array, { medians, spreads }: UsualFigures): StandingOut {
  let [most, sum, bandDb] = [0, 0, 0];
  for (const [k, name] of FIGURES.entries()) {
    if (Number.isNaN(crossfade[k])) continue;
    const more = crossfade[k] - medians[k];
    const off = ONLY_MORE.has(name) ? Math.max(0, more) : Math.abs(more);
    most = Math.max(most, off / spreads[k]);
    sum += Math.max(0, off / spreads[k] - UNSEEN);
    if (BANDS.has(name)) bandDb = Math.max(bandDb, off - spreads[k]);
  }
  return { most, sum, bandDb };
}

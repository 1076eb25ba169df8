/**
 * How audible a crossfade will be, from the fade alone: only the few frames that it changes are looked at,
 * so that many can be tried before one loop is built.
 */
import { log10 } from '../dsp/maths.ts';
import type { Lender } from '../dsp/rooms.ts';
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Sound } from '../dsp/sound.ts';
import type { Blend } from './band-crossfade.ts';
import { addBandPowers, type BandLevels, bandLevels, bandNumbers, worstBandRatio } from './band-levels.ts';
import { meanSquare } from './energy.ts';
import { frameFluxes } from './frame-distance.ts';
import { type LogMelFrames, logMelFrames } from './log-mel.ts';
import { fadeFlux } from './seam-flux.ts';
import { furthestFromZero, levelAgainst, levelWindow } from './seam-levels.ts';
import type { Alignment, Surroundings } from './search.ts';
import { type StandingOut, standingOut, usualFigures } from './standing-out.ts';
import {
  colourFigures,
  colourTrack,
  FIGURE_COUNT,
  SWING_REACH_SEC,
  sideFigures,
  sideTrack,
} from './stretch-figures.ts';

/**
 * Level in the middle of the crossfade that would close sound[start … start+length), about as `measureSeam` finds it, dB:
 * from the powers of its two sides, between which the blend is kept.
 */
export function middleLevel(
  { sound, energies }: Surroundings,
  { start, length }: Alignment,
  fade: number,
): number {
  const window = Math.min(fade, levelWindow(sound.sampleRate));
  const back = (fade + window) >> 1;
  return sound.channels
    .map((_, c) => {
      const [incoming, outgoing] = [start, start + length].map((end) =>
        energies.meanSquare(c, end - back, window),
      );
      return levelAgainst(energies.meanSquare(c, start, length - fade), [(incoming + outgoing) / 2]);
    })
    .reduce(furthestFromZero);
}

/** Level of all that crossfade, and in its middle, as `measureSeam` finds it, dB. */
export function fadeLevel(
  { sound, energies }: Surroundings,
  { start, length }: Alignment,
  { channels }: Blend,
): number {
  const fade = channels[0].length;
  const window = Math.min(fade, levelWindow(sound.sampleRate));
  return channels
    .map((blended, c) =>
      levelAgainst(energies.meanSquare(c, start, length - fade), [
        meanSquare(blended, 0, fade),
        meanSquare(blended, (fade - window) >> 1, window),
      ]),
    )
    .reduce(furthestFromZero);
}

/** A crossfade between what comes before it and after it in the loop, and its log-mel frames. */
export interface FadeFrames {
  /** Each channel, from so many hops before the crossfade on to as many behind it. */
  readonly around: readonly Float32Array[];
  readonly lead: number;
  /** Of each channel, from a window before the crossfade on. */
  readonly frames: readonly LogMelFrames[];
  readonly fluxes: readonly Float32Array[];
  /** Spectral change within the crossfade against the body's own, as `measureSeam` will find it, of the worst channel. */
  readonly flux: number;
}

/** The crossfade that would close sound[start … start+length). @param lender of the channels around it */
export function fadeFrames(
  { sound, frames, fluxes }: Surroundings,
  { start, length }: Alignment,
  { channels }: Blend,
  lender: Lender,
): FadeFrames {
  const { hop, windowLength: margin } = frames[0];
  const fade = channels[0].length;
  const lead = Math.round((SWING_REACH_SEC * sound.sampleRate) / hop);
  const around = sidesAround(sound, start, length, channels, lead * hop, lender);
  const own = around.map((samples) => {
    const near = samples.subarray(lead * hop - margin, lead * hop + fade + margin);
    return logMelFrames([near], sound.sampleRate, { circular: false });
  });
  const ownFluxes = own.map(frameFluxes);
  const flux = ownFluxes.reduce((most, fading, c) => {
    const body = fluxesWithin(fluxes[c], hop, start, start + length - fade);
    return Math.max(most, fadeFlux(body, fluxesWithin(fading, hop, margin, margin + fade)));
  }, 0);
  return { around, lead, frames: own, fluxes: ownFluxes, flux };
}

/** How a crossfade stands out from the music. */
export interface FadeStanding {
  /** Level of bass, presence or treble in the middle half of the fade, whichever lies furthest from the body's, dB. */
  readonly bandDb: number;
  /** How far it stands out among stretches as long. */
  readonly standing: StandingOut;
}

export function fadeStanding(
  { sound, frames, bands, tracks }: Surroundings,
  { start, length, rising }: Alignment & { readonly rising: Float32Array },
  { around, lead, frames: own, fluxes }: FadeFrames,
): FadeStanding {
  const { hop, windowLength: margin } = frames[0];
  const fade = rising.length;
  const end = start + length;
  const rows = Math.max(1, Math.round(fade / hop));
  const ownBands = own.map((channel) => bandLevels(channel, sound.sampleRate));
  const bandDb = ownBands.reduce(
    (most, blended, c) =>
      Math.max(most, middleBandDb(blended, [margin, fade], bands[c], [start, end - fade], hop)),
    0,
  );
  const figures = new Float64Array(FIGURE_COUNT);
  const first = Math.round(margin / hop);
  colourFigures(colourTrack(own, fluxes, ownBands), first, first + rows, figures);
  sideFigures(sideTrack(around, hop, sound.sampleRate), lead, lead + rows, figures);
  const usual = usualFigures(tracks, Math.round((start - fade) / hop), Math.round(end / hop), rows);
  return { bandDb, standing: standingOut(figures, usual) };
}

/** Level of the band in the middle half of a fade that is furthest from the body's, dB. @param hop samples, as all places */
function middleBandDb(
  blended: BandLevels,
  [start, length]: readonly [number, number],
  bands: BandLevels,
  [bodyStart, bodyEnd]: readonly [number, number],
  hop: number,
): number {
  const from = Math.floor((start + length / 4) / hop);
  const to = Math.ceil((start + (3 * length) / 4) / hop) + 1;
  const [first, last] = [Math.ceil(bodyStart / hop), Math.ceil(bodyEnd / hop)];
  const [middle, usual] = [bandNumbers(), bandNumbers()];
  addBandPowers(blended, from, to, 1 / (to - from), middle);
  addBandPowers(bands, first, last, 1 / Math.max(1, last - first), usual);
  return 10 * log10(worstBandRatio(middle, usual));
}

/** The crossfade between what comes before it and after it in the loop, `margin` frames of either. */
function sidesAround(
  { channels }: Sound,
  start: number,
  length: number,
  blended: readonly Float32Array[],
  margin: number,
  lender: Lender,
): Float32Array[] {
  const fade = blended[0].length;
  const bodyEnd = start + length - fade;
  const from = Math.max(0, bodyEnd - margin);
  return channels.map((channel, c) => {
    const samples = lender.floats(fade + 2 * margin).fill(0);
    samples.set(channel.subarray(from, bodyEnd), margin - (bodyEnd - from));
    samples.set(blended[c], margin);
    samples.set(channel.subarray(start, start + margin), margin + fade);
    return samples;
  });
}

/** Those of the frames centred in samples [from, to), sorted; of the first there is none. */
function fluxesWithin(fluxes: Float32Array, hop: number, from: number, to: number): Float32Array {
  return sortMagnitudes(fluxes.slice(Math.max(1, Math.ceil(from / hop)), Math.ceil(to / hop)));
}

/**
 * How audible a crossfade will be, from the fade alone: only the few frames that it changes are looked at,
 * so that many can be tried before one loop is built.
 */
import { log10 } from '../dsp/maths.ts';
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
  type SideTrack,
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

/** Spectral change within a crossfade, against the body's own. */
export interface FadeColour {
  /** As `measureSeam` will find it. */
  readonly flux: number;
  /** Level of bass, presence or treble in the middle half of the fade, whichever lies furthest from the body's, dB. */
  readonly bandDb: number;
  /** How far it stands out among stretches as long. */
  readonly standing: StandingOut;
}

/** Flux and colour of the crossfade that would close sound[start … start+length); the worst channel counts. */
export function fadeColour(
  { sound, frames, fluxes, bands, tracks }: Surroundings,
  { start, length }: Alignment,
  { channels }: Blend,
): FadeColour {
  const { hop, windowLength: margin } = frames[0];
  const fade = channels[0].length;
  const end = start + length;
  let [flux, bandDb] = [0, 0];
  const own = { frames: [] as LogMelFrames[], fluxes: [] as Float32Array[], bands: [] as BandLevels[] };
  for (const [c, channel] of sound.channels.entries()) {
    const around = new Float32Array(fade + 2 * margin);
    around.set(channel.subarray(Math.max(0, end - fade - margin), end - fade));
    around.set(channels[c], margin);
    around.set(channel.subarray(start, start + margin), margin + fade);
    const blended = logMelFrames([around], sound.sampleRate, { circular: false });
    const body = fluxesWithin(fluxes[c], hop, start, end - fade);
    own.frames.push(blended);
    own.fluxes.push(frameFluxes(blended));
    own.bands.push(bandLevels(blended, sound.sampleRate));
    const fading = fluxesWithin(own.fluxes[c], hop, margin, margin + fade);
    flux = Math.max(flux, fadeFlux(body, fading));
    const [first, last] = [Math.ceil(start / hop), Math.ceil((end - fade) / hop)];
    const [from, to] = [
      Math.floor((margin + fade / 4) / hop),
      Math.ceil((margin + (3 * fade) / 4) / hop) + 1,
    ];
    const [middle, usual] = [bandNumbers(), bandNumbers()];
    addBandPowers(own.bands[c], from, to, 1 / (to - from), middle);
    addBandPowers(bands[c], first, last, 1 / Math.max(1, last - first), usual);
    bandDb = Math.max(bandDb, 10 * log10(worstBandRatio(middle, usual)));
  }
  const rows = Math.max(1, Math.round(fade / hop));
  const figures = new Float64Array(FIGURE_COUNT);
  const first = Math.round(margin / hop);
  colourFigures(colourTrack(own.frames, own.fluxes, own.bands), first, first + rows, figures);
  const { track, first: row } = sidesAround(sound, start, length, channels, hop);
  sideFigures(track, row, row + rows, figures);
  const usual = usualFigures(tracks, Math.round((start - fade) / hop), Math.round(end / hop), rows);
  return { flux, bandDb, standing: standingOut(figures, usual) };
}

/** The crossfade between what comes before it and after it in the loop. @returns its first row too */
function sidesAround(
  { channels, sampleRate }: Sound,
  start: number,
  length: number,
  blended: readonly Float32Array[],
  hop: number,
): { track: SideTrack; first: number } {
  const fade = blended[0].length;
  const end = start + length;
  const first = Math.round((SWING_REACH_SEC * sampleRate) / hop);
  const margin = Math.round(first * hop);
  const around = channels.map((channel, c) => {
    const samples = new Float32Array(fade + 2 * margin);
    const from = Math.max(0, end - fade - margin);
    samples.set(channel.subarray(from, end - fade), margin - (end - fade - from));
    samples.set(blended[c], margin);
    samples.set(channel.subarray(start, start + margin), margin + fade);
    return samples;
  });
  return { track: sideTrack(around, hop, sampleRate), first };
}

/** Those of the frames centred in samples [from, to), sorted; of the first there is none. */
function fluxesWithin(fluxes: Float32Array, hop: number, from: number, to: number): Float32Array {
  return sortMagnitudes(fluxes.slice(Math.max(1, Math.ceil(from / hop)), Math.ceil(to / hop)));
}

/**
 * How audible a crossfade will be, from the fade alone: only the few frames that it changes are looked at,
 * so that many can be tried before one loop is built.
 */
import { log10 } from '../dsp/maths.ts';
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Blend } from './band-crossfade.ts';
import { addBandPowers, bandLevels, bandNumbers, worstBandRatio } from './band-levels.ts';
import { meanSquare } from './energy.ts';
import { frameFluxes } from './frame-distance.ts';
import { logMelFrames } from './log-mel.ts';
import { fadeFlux } from './seam-flux.ts';
import { furthestFromZero, levelAgainst, levelWindow } from './seam-levels.ts';
import type { Alignment, Surroundings } from './search.ts';

/** Level in the middle of the crossfade that would close sound[start … start+length), about as `measureSeam` finds it, dB. */
export function middleLevel(
  { energies }: Surroundings,
  { start, length }: Alignment,
  fade: number,
  { channels }: Blend,
): number {
  return channels
    .map((middle, c) =>
      levelAgainst(energies.meanSquare(c, start, length - fade), [meanSquare(middle, 0, middle.length)]),
    )
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
}

/** Flux and colour of the crossfade that would close sound[start … start+length); the worst channel counts. */
export function fadeColour(
  { sound, frames, fluxes, bands }: Surroundings,
  { start, length }: Alignment,
  { channels }: Blend,
): FadeColour {
  const { hop, windowLength: margin } = frames[0];
  const fade = channels[0].length;
  const end = start + length;
  let [flux, bandDb] = [0, 0];
  for (const [c, channel] of sound.channels.entries()) {
    const around = new Float32Array(fade + 2 * margin);
    around.set(channel.subarray(Math.max(0, end - fade - margin), end - fade));
    around.set(channels[c], margin);
    around.set(channel.subarray(start, start + margin), margin + fade);
    const blended = logMelFrames([around], sound.sampleRate, { circular: false });
    const body = fluxesWithin(fluxes[c], hop, start, end - fade);
    const fading = fluxesWithin(frameFluxes(blended), hop, margin, margin + fade);
    flux = Math.max(flux, fadeFlux(body, fading));
    const [first, last] = [Math.ceil(start / hop), Math.ceil((end - fade) / hop)];
    const [from, to] = [
      Math.floor((margin + fade / 4) / hop),
      Math.ceil((margin + (3 * fade) / 4) / hop) + 1,
    ];
    const [middle, usual] = [bandNumbers(), bandNumbers()];
    addBandPowers(bandLevels(blended, sound.sampleRate), from, to, 1 / (to - from), middle);
    addBandPowers(bands[c], first, last, 1 / Math.max(1, last - first), usual);
    bandDb = Math.max(bandDb, 10 * log10(worstBandRatio(middle, usual)));
  }
  return { flux, bandDb };
}

/** Those of the frames centred in samples [from, to), sorted; of the first there is none. */
function fluxesWithin(fluxes: Float32Array, hop: number, from: number, to: number): Float32Array {
  return sortMagnitudes(fluxes.slice(Math.max(1, Math.ceil(from / hop)), Math.ceil(to / hop)));
}

/**
 * A loop may be turned without being changed: it goes round as before. It is turned so that the wrap, which
 * some samplers play with a fade of their own and every editor shows as an edge, lies where nothing much
 * happens: level as usual, no change of timbre, neighbouring samples close together.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { energyTrack } from './energy.ts';
import type { LogMelFrames } from './log-mel.ts';
import {
  levelAgainst,
  levelWindow,
  measureSeam,
  type Seam,
  type SeamMeter,
  seamMeter,
  seamSeverity,
} from './seam.ts';

export interface SettledLoop {
  readonly sound: Sound;
  readonly crossfade: Crossfade | null;
  /** By how many frames it was turned: its first frame was there before. */
  readonly turn: number;
  readonly seam: Seam;
}

/** What a wrap should keep to, for nothing to be noticed there but the music; a place that does is taken at once. */
const CALM: Seam = { step: 3, stepOfPeak: 0.015, levelDb: 0.5, flux: 1 };
/** Places tried before the best of them is taken. */
const PLACES_TRIED = 16;

/**
 * The loop turned to begin at a calm place; its content is unchanged. Level counts most, as there is nearly
 * always a place without change of timbre whose level is the body's.
 * @param crossfade where it was closed; null for a ring
 */
export function settleLoop(loop: Sound, crossfade: Crossfade | null): SettledLoop {
  const meter = seamMeter(loop, crossfade);
  let turn = 0;
  let least = Infinity;
  for (const place of calmPlaces(loop, meter)) {
    const unease = seamSeverity(meter.at(place).wrap, CALM);
    if (unease < least) [turn, least] = [place, unease];
    if (least <= 1) break;
  }
  const length = frameCount(loop);
  const sound = turn === 0 ? loop : turnLoop(loop, turn);
  const moved = crossfade && { ...crossfade, start: (crossfade.start - turn + length) % length };
  // The frames in which a crossfade's flux is measured lie on whole hops from the wrap: its figure depends on the
  // turn by some percent, and who ships the loop will measure it as it lies now.
  const seam = moved ? measureSeam(sound, moved) : meter.at(turn).wrap;
  return { sound, crossfade: moved, turn, seam };
}

/** The loop beginning at frame `start`. */
export function turnLoop(loop: Sound, start: number): Sound {
  const channels = loop.channels.map((channel) => {
    const result = new Float32Array(channel.length);
    result.set(channel.subarray(start));
    result.set(channel.subarray(0, start), channel.length - start);
    return result;
  });
  return { sampleRate: loop.sampleRate, channels };
}

/** Frames at which the wrap would lie calmly, best first. */
function calmPlaces(loop: Sound, { frames, body }: SeamMeter): number[] {
  const { count, hop } = frames[0];
  const fluxes = frames.map(wrapFlux);
  const departure = levelDepartures(loop, body);
  const restlessness = Float32Array.from({ length: count }, (_, i) => {
    const flux = Math.max(...fluxes.map((channel) => channel[i]));
    return Math.max(flux / CALM.flux - 1, 0) + departure(Math.round(i * hop)) / CALM.levelDb;
  });
  return [...restlessness.keys()]
    .sort((a, b) => restlessness[a] - restlessness[b] || a - b)
    .slice(0, PLACES_TRIED)
    .map((i) => smallestStep(loop, Math.round(i * hop), Math.round(hop)));
}

/** Flux that a wrap at each frame would meet, over the 95th percentile of all. */
function wrapFlux(frames: LogMelFrames): Float32Array {
  const { count } = frames;
  const flux = new Float32Array(count);
  for (let i = 0; i < count; i++) flux[i] = frames.distance(i, (i + count - 1) % count);
  const usual = flux.slice().sort()[Math.floor(0.95 * (count - 1))] || Number.MIN_VALUE;
  return flux.map((_, i) => {
    let most = 0;
    for (let k = -1; k <= 2; k++) most = Math.max(most, flux[(i + k + count) % count]);
    return most / usual;
  });
}

/** How far the level around a frame lies from the body's, worst channel, dB. */
function levelDepartures(loop: Sound, body: readonly number[]): (frame: number) => number {
  const length = frameCount(loop);
  const window = Math.min(length, levelWindow(loop.sampleRate));
  const energies = energyTrack(loop);
  return (frame) => {
    let worst = 0;
    // Near the ends a window within the file stands for the one that reaches around.
    const start = Math.max(0, Math.min(length - window, frame - (window >> 1)));
    for (let c = 0; c < energies.channelCount; c++) {
      worst = Math.max(worst, Math.abs(levelAgainst(body[c], [energies.meanSquare(c, start, window)])));
    }
    return worst;
  };
}

/** The frame near `place` whose step from the one before is smallest, the worst channel counting. */
function smallestStep(loop: Sound, place: number, reach: number): number {
  const length = frameCount(loop);
  let best = 0;
  let smallest = Infinity;
  for (let at = place - reach + length; at <= place + reach + length; at++) {
    let step = 0;
    for (const channel of loop.channels) {
      step = Math.max(step, Math.abs(channel[at % length] - channel[(at + length - 1) % length]));
    }
    if (step < smallest) {
      smallest = step;
      best = at % length;
    }
  }
  return best;
}

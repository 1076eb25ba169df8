/**
 * A loop may be turned without being changed: it goes round as before. It is turned so that the wrap, which
 * some samplers play with a fade of their own and every editor shows as an edge, lies where nothing much
 * happens: level as usual, no change of timbre, neighbouring samples close together.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import type { LogMelFrames } from './log-mel.ts';
import { levelAgainst, levelWindow, type Seam, type SeamMeter, seamMeter, seamSeverity } from './seam.ts';

export interface SettledLoop {
  readonly sound: Sound;
  readonly crossfade: Crossfade | null;
  /** By how many frames it was turned: its first frame was there before. */
  readonly turn: number;
  readonly seam: Seam;
}

/**
 * What a wrap should keep to, for nothing to be noticed there but the music; a place that does is taken at once. Its
 * flux is well within the limit, since whoever measures it with other bands finds up to a quarter more.
 */
const CALM: Seam = { step: 3, stepOfPeak: 0.015, levelDb: 0.5, flux: 0.85 };
/** Places tried before the best of them is taken. */
const PLACES_TRIED = 16;

/**
 * Part of a hop by which the place may move for the smallest step. A ring's is free to; a crossfade's flux depends on
 * where frames lie by some percent, so a splice is turned by nearly whole hops: measured again, it is what it was.
 */
const RING_REACH = 1;
const SPLICE_REACH = 1 / 8;

/**
 * The loop turned to begin at a calm place; its content is unchanged.
 * @param crossfade where it was closed; null for a ring
 */
export function settleLoop(loop: Sound, crossfade: Crossfade | null): SettledLoop {
  const meter = seamMeter(loop, crossfade);
  let turn = 0;
  let least = Infinity;
  let seam: Seam | null = null;
  for (const place of calmPlaces(loop, meter, crossfade ? SPLICE_REACH : RING_REACH)) {
    const parts = meter.at(place);
    const unease = seamSeverity(parts.wrap, CALM);
    if (unease < least || !seam) [turn, least, seam] = [place, unease, parts.whole];
    if (least <= 1) break;
  }
  const length = frameCount(loop);
  return {
    sound: turn === 0 ? loop : turnLoop(loop, turn),
    crossfade: crossfade && { ...crossfade, start: (crossfade.start - turn + length) % length },
    turn,
    seam: seam ?? meter.at(0).whole,
  };
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

/** Frames at which the wrap would lie calmly, best first: little change of timbre, and a level near the body's. */
function calmPlaces(loop: Sound, meter: SeamMeter, reach: number): number[] {
  const { count, hop } = meter.frames[0];
  const fluxes = meter.frames.map(wrapFlux);
  const departure = levelDepartures(loop, meter);
  const restlessness = Float32Array.from({ length: count }, (_, i) => {
    let flux = 0;
    for (const channel of fluxes) flux = Math.max(flux, channel[i]);
    // Squared: a small departure is nothing against a calmer place, one near the limit is.
    return flux + (departure(Math.round(i * hop)) / CALM.levelDb) ** 2;
  });
  return [...restlessness.keys()]
    .sort((a, b) => restlessness[a] - restlessness[b] || a - b)
    .slice(0, PLACES_TRIED)
    .map((i) => smallestStep(loop, Math.round(i * hop), Math.round(reach * hop)));
}

/** Flux that a wrap at each frame would meet, over the 95th percentile of all. */
function wrapFlux(frames: LogMelFrames): Float32Array {
  const { count } = frames;
  const flux = new Float32Array(count);
  for (let i = 0; i < count; i++) flux[i] = frames.distance(i, (i + count - 1) % count);
  const usual = flux.slice().sort()[Math.floor(0.95 * (count - 1))] || Number.MIN_VALUE;
  return flux.map((_, i) => {
    let most = 0;
    for (let k = -2; k <= 3; k++) most = Math.max(most, flux[(i + k + 2 * count) % count]);
    return most / usual;
  });
}

/** How far the level around a frame lies from the body's, worst channel, dB. */
function levelDepartures(loop: Sound, { body, energies }: SeamMeter): (frame: number) => number {
  const length = frameCount(loop);
  const window = Math.min(length, levelWindow(loop.sampleRate));
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

/**
 * A loop may be turned without being changed: it goes round as before. It is turned so that the wrap, which
 * some samplers play with a fade of their own and every editor shows as an edge, lies where nothing much
 * happens: level as usual, no change of timbre, neighbouring samples close together.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { energyTrack } from './energy.ts';
import { type LogMelFrames, logMelFrames } from './log-mel.ts';
import { measureSeamParts, SEAM_LIMITS, type Seam, seamSeverity, worstOf } from './seam.ts';

export interface SettledLoop {
  readonly sound: Sound;
  readonly crossfade: Crossfade | null;
  /** By how many frames it was turned: its first frame was there before. */
  readonly turn: number;
  readonly seam: Seam;
}

const LEVEL_WINDOW_SEC = 0.03;
/** Well inside every limit: what a grade of A asks for. */
const COMFORTABLE = 0.8;
/** Places tried before the best of them is taken. */
const PLACES_TRIED = 4;

/**
 * The loop as it is where its wrap is calm enough, else turned to begin at a calmer place; its content is
 * unchanged.
 * @param crossfade where it was closed; null for a ring
 */
export function settleLoop(loop: Sound, crossfade: Crossfade | null): SettledLoop {
  let best = turned(loop, crossfade, 0);
  if (best.severity <= COMFORTABLE) return best;
  for (const place of calmPlaces(loop)) {
    const other = turned(loop, crossfade, place);
    if (other.severity < best.severity) best = other;
    if (best.severity <= COMFORTABLE) break;
  }
  return best;
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

/** @returns with the severity of the wrap: the crossfade is what it is, however the loop is turned */
function turned(
  loop: Sound,
  crossfade: Crossfade | null,
  turn: number,
): SettledLoop & { readonly severity: number } {
  const sound = turn === 0 ? loop : turnLoop(loop, turn);
  const length = frameCount(loop);
  const moved = crossfade && { ...crossfade, start: (crossfade.start - turn + length) % length };
  const { wrap, fade } = measureSeamParts(sound, moved);
  return { sound, crossfade: moved, turn, seam: worstOf([wrap, fade]), severity: seamSeverity(wrap) };
}

/** Frames at which the wrap would lie calmly, best first. */
function calmPlaces(loop: Sound): number[] {
  const frames = logMelFrames(loop.channels, loop.sampleRate, { circular: true });
  const flux = wrapFlux(frames);
  const departure = levelDepartures(loop);
  const restlessness = flux.map((share, i) =>
    Math.max(share / SEAM_LIMITS.flux, departure(Math.round(i * frames.hop)) / SEAM_LIMITS.levelDb),
  );
  return [...restlessness.keys()]
    .sort((a, b) => restlessness[a] - restlessness[b] || a - b)
    .slice(0, PLACES_TRIED)
    .map((i) => smallestStep(loop, Math.round(i * frames.hop), Math.round(frames.hop)));
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

/** How far the level around a frame lies from the whole loop's, worst channel, dB. */
function levelDepartures(loop: Sound): (frame: number) => number {
  const length = frameCount(loop);
  const window = Math.min(length, Math.round(LEVEL_WINDOW_SEC * loop.sampleRate));
  const energies = energyTrack(loop);
  return (frame) => {
    let worst = 0;
    // Near the ends a window within the file stands for the one that reaches around.
    const start = Math.max(0, Math.min(length - window, frame - (window >> 1)));
    for (let c = 0; c < energies.channelCount; c++) {
      const body = energies.meanSquare(c, 0, length) || Number.MIN_VALUE;
      const here = Math.max(energies.meanSquare(c, start, window), Number.MIN_VALUE);
      worst = Math.max(worst, Math.abs(10 * Math.log10(here / body)));
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

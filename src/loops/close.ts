/**
 * Closing a loop by a matched splice: start and length are searched together, near where they are wanted,
 * for the pair of places whose crossfade can be heard least; the fade grows where the short one measures
 * badly; runner-up pairs are tried; each closed loop is measured and the best kept.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import { type Alignment, alignLength, alignStart, correlationAt } from './align.ts';
import { alikePlaces, type PlacePair } from './alike.ts';
import { closeByCrossfade } from './crossfade.ts';
import { logMelFrames } from './log-mel.ts';
import { measureSeam, type Seam, seamSeverity } from './seam.ts';

export interface LoopRequest {
  /** Wanted start within the given sound, frames; at least `fade` frames must lie before it. */
  readonly start: number;
  /** Wanted length, frames. */
  readonly length: number;
  /** How far the start may move either way, frames. */
  readonly startSlack: number;
  /** How far the length may move either way, frames; 0 = exact. */
  readonly lengthSlack: number;
  /** Shortest crossfade, frames; it may grow up to half the loop. */
  readonly fade: number;
}

export interface ClosedLoop {
  readonly sound: Sound;
  /** Where it lies in the given sound, frames. */
  readonly start: number;
  readonly length: number;
  readonly crossfade: number;
  /** Correlation of the two sides of the crossfade. */
  readonly correlation: number;
  readonly seam: Seam;
}

/** Pairs of places that are tried; more were seldom better on the songs this was measured on. */
const PAIRS_TRIED = 6;
/** A loop this far inside every seam limit ends the search. */
const COMFORTABLE = 0.6;
/** How much a poor match inside the crossfade (doubling, a change of timbre) weighs beside the seam figures. */
const MISMATCH_WEIGHT = 0.3;
/** The wrap may move this far to land where neighbouring samples lie close together. */
const SETTLE_SEC = 0.012;

/**
 * The best loop near the wanted place, with its seam figures: the caller decides whether they are good
 * enough ({@link seamSeverity}).
 * @param sound the surroundings of the loop
 * @returns null where no loop of that length fits into the sound
 */
export function closeLoop(sound: Sound, request: LoopRequest): ClosedLoop | null {
  const pairs = candidatePairs(sound, request);
  let best: ClosedLoop | null = null;
  for (const fade of fadeLengths(request)) {
    for (const pair of pairs) {
      const closed = closePair(sound, pair, fade, request);
      if (closed && (!best || badness(closed) < badness(best))) best = closed;
      if (best && badness(best) <= COMFORTABLE) return best;
    }
  }
  return best;
}

function badness(loop: ClosedLoop): number {
  return seamSeverity(loop.seam) + MISMATCH_WEIGHT * (1 - loop.correlation);
}

function candidatePairs(sound: Sound, request: LoopRequest): PlacePair[] {
  const frames = frameCount(sound);
  const shortest = request.length - request.lengthSlack;
  const longest = Math.min(request.length + request.lengthSlack, frames - request.fade);
  const firstStart = Math.max(request.fade, request.start - request.startSlack);
  const lastStart = Math.min(request.start + request.startSlack, frames - shortest);
  if (longest < shortest || lastStart < firstStart) return [];
  const range = { firstStart, lastStart, shortest, longest, leadIn: request.fade };
  const places = alikePlaces(
    logMelFrames(sound.channels, sound.sampleRate, { circular: false }),
    range,
    PAIRS_TRIED,
  );
  // Too little room for a choice of whole frames: the wanted place itself.
  return places.length > 0 ? places : [{ start: firstStart, length: shortest, cost: 0 }];
}

/** The asked fade, then twice as long each, up to half the shortest loop. */
function fadeLengths(request: LoopRequest): number[] {
  const longest = Math.floor((request.length - request.lengthSlack) / 2);
  const lengths = [Math.min(request.fade, longest)];
  while (lengths[lengths.length - 1] * 2 <= longest) lengths.push(lengths[lengths.length - 1] * 2);
  return lengths;
}

function closePair(sound: Sound, pair: PlacePair, fade: number, request: LoopRequest): ClosedLoop | null {
  const frames = frameCount(sound);
  if (pair.start < fade || pair.start + pair.length > frames) return null;
  const settle = Math.round(SETTLE_SEC * sound.sampleRate);
  const aligned = align(sound, pair, fade, settle, request);
  const start = calmestStart(sound, aligned, fade, settle);
  const correlation = correlationAt(sound, start, aligned.length, fade);
  const closed = closeByCrossfade(sound, start, aligned.length, fade, correlation);
  return {
    sound: closed,
    start,
    length: aligned.length,
    crossfade: fade,
    correlation,
    seam: measureSeam(closed, fade),
  };
}

function align(sound: Sound, pair: PlacePair, fade: number, reach: number, request: LoopRequest): Alignment {
  if (request.lengthSlack === 0) return alignStart(sound, pair.start, pair.length, fade, reach);
  return alignLength(sound, pair.start, pair.length, fade, reach, [
    request.length - request.lengthSlack,
    request.length + request.lengthSlack,
  ]);
}

/**
 * The start near the aligned one where the step from the sample before is smallest against the local peak,
 * the worst channel counting: the wrap is that step. Place and length move together, so the match stays.
 */
function calmestStart(sound: Sound, aligned: Alignment, fade: number, reach: number): number {
  const first = Math.max(fade, aligned.start - reach, 1);
  const last = Math.min(frameCount(sound) - aligned.length, aligned.start + reach);
  const peaks = sound.channels.map((channel) => localPeak(channel, first, last));
  let best = aligned.start;
  let smallest = Infinity;
  for (let at = first; at <= last; at++) {
    let step = 0;
    for (let c = 0; c < sound.channels.length; c++) {
      const channel = sound.channels[c];
      step = Math.max(step, Math.abs(channel[at] - channel[at - 1]) / peaks[c]);
    }
    if (step < smallest) {
      smallest = step;
      best = at;
    }
  }
  return best;
}

function localPeak(channel: Float32Array, first: number, last: number): number {
  let peak = Number.MIN_VALUE;
  for (let at = first; at <= last; at++) peak = Math.max(peak, Math.abs(channel[at]));
  return peak;
}

/**
 * Closing a loop by a matched splice: start and length are searched together, near where they are wanted,
 * for the pair of places whose crossfade can be heard least; the fade grows where the short one measures
 * badly; runner-up places are tried, each crossfade is measured, the best closed and turned to wrap calmly.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import { type Alignment, alignLength, alignStart, correlationAt } from './align.ts';
import { closeInBands } from './band-crossfade.ts';
import { type LoopBounds, type LoopOutlook, loopOutlook } from './candidates.ts';
import type { Crossfade } from './crossfade.ts';
import { energyTrack } from './energy.ts';
import { measureFade } from './fade-meter.ts';
import { logMelFrames } from './log-mel.ts';
import { type Seam, seamSeverity } from './seam.ts';
import { settleLoop } from './settle.ts';

export interface LoopRequest {
  /** Wanted start within the given sound, frames; at least `fade` frames must lie before it. */
  readonly start: number;
  /** Wanted length, frames. */
  readonly length: number;
  /** How far the start may move either way, frames. */
  readonly startSlack: number;
  /** How far the length may move either way, frames, a second at most; 0 = exact. */
  readonly lengthSlack: number;
  /** Shortest crossfade, frames; it may grow up to half the loop or 8 s. */
  readonly fade: number;
}

export interface ClosedLoop {
  readonly sound: Sound;
  /** The stretch of the given sound that goes round, frames. */
  readonly start: number;
  readonly length: number;
  /** By how much the loop was turned: its first frame is the one at start + turn. */
  readonly turn: number;
  readonly crossfade: Crossfade;
  /** Correlation of the two sides of the crossfade. */
  readonly correlation: number;
  readonly seam: Seam;
}

/** Starts whose best length is searched to the sample, for each fade length. */
const STARTS_ALIGNED = 6;
/** Crossfades that are tried, for each fade length. */
const PLACES_TRIED = 3;
/** Severity at which the runners-up are not tried. */
const WELL_INSIDE = 0.8;
/** Badness that ends the search at once: inside the seam limits even where the sides are uncorrelated. */
const COMFORTABLE = 1;
/** Bounds for long loops: half of one is more fade than anything needs, a tenth more choice of length. */
const LONGEST_FADE_SEC = 8;
const LONGEST_SLACK_SEC = 1;
/** How much a poor match inside the crossfade (doubling, a change of timbre) weighs beside the seam figures. */
const MISMATCH_WEIGHT = 0.3;

/**
 * The best loop near the wanted place, with its seam figures: the caller decides whether they are good
 * enough ({@link seamSeverity}).
 * @param sound the surroundings of the loop
 * @returns null where no loop of that length fits into the sound
 */
export function closeLoop(sound: Sound, request: LoopRequest): ClosedLoop | null {
  const bounds = loopBounds(sound, request);
  const best = bounds && bestSplice(sound, bounds, request.fade);
  if (!best) return null;
  const { start, length, fade, correlation } = best;
  const closed = closeInBands(sound, start, length, fade);
  const settled = settleLoop(closed, { start: length - fade, length: fade });
  return {
    sound: settled.sound,
    start,
    length,
    turn: settled.turn,
    crossfade: settled.crossfade!,
    correlation,
    seam: settled.seam,
  };
}

/** A crossfade that was tried. */
interface Splice {
  readonly start: number;
  readonly length: number;
  readonly fade: number;
  readonly correlation: number;
  /** Share of the seam limits that its fade takes up. */
  readonly severity: number;
  readonly badness: number;
}

function bestSplice(sound: Sound, bounds: LoopBounds, shortestFade: number): Splice | null {
  const frames = sound.channels.map((channel) =>
    logMelFrames([channel], sound.sampleRate, { circular: false }),
  );
  const energies = energyTrack(sound);
  const outlook = loopOutlook(frames, energies, bounds, sound.sampleRate);
  const attempt = (alignment: Alignment, fade: number): Splice => {
    const { start, length } = alignment;
    const correlation = correlationAt(sound, start, length, fade);
    const severity = seamSeverity(measureFade(sound, frames, energies, alignment, fade, correlation));
    return {
      start,
      length,
      fade,
      correlation,
      severity,
      badness: severity + MISMATCH_WEIGHT * (1 - correlation),
    };
  };
  const fades = fadeLengths(shortestFade, bounds.longestFade);
  const ranked: Alignment[][] = [];
  let best: Splice | null = null;
  // The most promising place for every fade first; the runners-up only where none of those closes well.
  for (let rank = 0; rank < PLACES_TRIED; rank++) {
    for (const [i, fade] of fades.entries()) {
      ranked[i] ??= alignments(sound, outlook, bounds, fade);
      if (rank >= ranked[i].length) continue;
      const splice = attempt(ranked[i][rank], fade);
      if (!best || splice.badness < best.badness) best = splice;
      if (best.badness <= COMFORTABLE) return best;
    }
    if (best && best.severity <= WELL_INSIDE) return best;
  }
  return best;
}

function alignments(sound: Sound, outlook: LoopOutlook, bounds: LoopBounds, fade: number): Alignment[] {
  const exact = bounds.shortest === bounds.longest;
  return outlook
    .candidates(fade, STARTS_ALIGNED)
    .map((candidate) =>
      exact
        ? alignStart(sound, candidate, bounds.shortest, fade, outlook.hop)
        : alignLength(sound, candidate, fade, bounds, outlook.hop),
    )
    .sort((a, b) => a.cost - b.cost);
}

function loopBounds(sound: Sound, request: LoopRequest): LoopBounds | null {
  const frames = frameCount(sound);
  const slack = Math.min(request.lengthSlack, Math.round(LONGEST_SLACK_SEC * sound.sampleRate));
  const shortest = request.length - slack;
  const firstStart = Math.max(request.fade, request.start - request.startSlack);
  const longest = Math.min(request.length + slack, frames - firstStart);
  const lastStart = Math.min(request.start + request.startSlack, frames - longest);
  if (longest < shortest || lastStart < firstStart) return null;
  const longestFade = Math.min(shortest >> 1, lastStart, Math.round(LONGEST_FADE_SEC * sound.sampleRate));
  return { firstStart, lastStart, shortest, longest, longestFade };
}

/** The asked fade, then three times as long each, and at last the longest. */
function fadeLengths(fade: number, longest: number): number[] {
  const lengths = [Math.min(fade, longest)];
  for (let next = 3 * lengths[0]; next < longest; next *= 3) lengths.push(next);
  if (longest > lengths[0]) lengths.push(longest);
  return lengths;
}

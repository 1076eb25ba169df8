/**
 * Closing a loop by a matched splice: start and length are searched together, near where they are wanted,
 * for the pair of places whose crossfade can be heard least; the fade grows where the short one measures
 * badly; runner-up places are tried, each crossfade is measured, the best closed and turned to wrap calmly.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import { alignLength, alignStart, type ThinSides, thinSides } from './align.ts';
import {
  blendMiddle,
  blendSides,
  type FadeSides,
  type SplitRegion,
  splitRegion,
  withFade,
} from './band-crossfade.ts';
import { bandLevels } from './band-levels.ts';
import { type LoopOutlook, loopOutlook } from './candidates.ts';
import { type Crossfade, risingCurve } from './crossfade.ts';
import { energyTrack } from './energy.ts';
import { fadeColour, fadeLevel, middleLevel } from './fade-meter.ts';
import { frameFluxes } from './frame-distance.ts';
import { logMelFrames } from './log-mel.ts';
import { penaltyOf } from './penalty.ts';
import { placeWrap } from './place-wrap.ts';
import { type Seam, seamSeverity } from './seam.ts';
import { levelWindow } from './seam-levels.ts';
import type { Alignment, LoopBounds, Surroundings } from './search.ts';

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
  /** Whether a loop may lie there, frames of the given sound; left out where any may. */
  readonly allows?: (start: number, length: number, fade: number) => boolean;
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

/** Starts whose best lengths are searched, for each fade length. */
const STARTS_ALIGNED = 6;
/** Of the crossfades whose level is known, how many are listened to closely: for each fade length, and in all. */
const HEARD_PER_FADE = 2;
const HEARD_IN_ALL = 18;
/** Loops that are closed and measured whole, should the first not keep what it promised. */
const CLOSED_AT_MOST = 2;
/**
 * What a search is content with, and where the finished loop would be refused. A grade of A asks for 1 dB and a flux of
 * 1.05, the limits are 1.5 dB and 1.1; what is foreseen here differs from what the finished loop measures by a little.
 */
const CONTENT = { levelDb: 0.9, flux: 1.02 };
const REFUSED = { levelDb: 1.4, flux: 1.08 };
/** Badness that ends the search at once: content, and sides that have at least half in common. */
const GOOD = 1.25;
/**
 * Where the two most promising crossfades of a length are both worse than this, the others of that length are not
 * listened to: of 51 searches in which any might have been, none found a loop among them.
 */
const HOPELESS = 3;
/** From this share of a level that is not right on, it weighs against a crossfade's promise, and how much. */
const EASY = 0.7;
const LEVEL_WEIGHT = 1;
/** Bounds for long loops: half of one is more fade than anything needs, a tenth more choice of length. */
const LONGEST_FADE_SEC = 8;
const LONGEST_SLACK_SEC = 1;
/** How much a poor match inside the crossfade (doubling, a change of timbre) weighs beside the seam figures. */
const MISMATCH_WEIGHT = 0.3;
/** The same for each dB by which bass, presence or treble stand out in the middle of it. */
const BAND_WEIGHT = 0.05;

/**
 * The best loop near the wanted place, with its seam figures: the caller decides whether they are good
 * enough ({@link seamSeverity}).
 * @param sound the surroundings of the loop
 * @returns null where no loop of that length fits into the sound, or none that was found is allowed
 */
export function closeLoop(sound: Sound, request: LoopRequest): ClosedLoop | null {
  const bounds = loopBounds(sound, request);
  if (!bounds) return null;
  const bench = workbench(sound, bounds);
  let best: ClosedLoop | null = null;
  for (const splice of bestSplices(bench, bounds, request).slice(0, CLOSED_AT_MOST)) {
    const closed = close(bench, splice);
    if (!best || seamSeverity(closed.seam) < seamSeverity(best.seam)) best = closed;
    if (seamSeverity(best.seam) <= 1) break;
  }
  return best;
}

/** All that is worked out once for a search. */
interface Workbench extends Surroundings {
  readonly outlook: LoopOutlook;
  /** What may come in before a start, and go out before an end. */
  readonly incoming: SplitRegion;
  readonly outgoing: SplitRegion;
  readonly thin: ThinSides;
}

function workbench(sound: Sound, bounds: LoopBounds): Workbench {
  const { sampleRate } = sound;
  const frames = sound.channels.map((channel) => logMelFrames([channel], sampleRate, { circular: false }));
  const surroundings: Surroundings = {
    sound,
    frames,
    fluxes: frames.map(frameFluxes),
    bands: frames.map((channel) => bandLevels(channel, sampleRate)),
    energies: energyTrack(sound),
  };
  // Candidates lie on hops, so one may reach back by a hop more than the bounds do.
  const from = Math.max(0, bounds.firstStart - bounds.longestFade - Math.ceil(frames[0].hop));
  const incoming = splitRegion(sound, from, bounds.lastStart);
  const outgoing = splitRegion(sound, from + bounds.shortest, bounds.lastStart + bounds.longest);
  return {
    ...surroundings,
    outlook: loopOutlook(surroundings, bounds),
    incoming,
    outgoing,
    thin: thinSides(incoming, outgoing, sampleRate),
  };
}

/** A crossfade that may be listened to. */
interface Prospect extends Alignment {
  /** The weight of the side that comes in, for each frame of the fade. */
  readonly rising: Float32Array;
  /** What its alignment costs, and more where its level in the middle is not right. */
  readonly promise: number;
}

/** A crossfade that was listened to. */
interface Splice extends Prospect {
  /** How far it is from what the search is content with: 1 is at its edge, from 2 on the loop is refused. */
  readonly unease: number;
  /** The same, and how little its sides have in common. */
  readonly badness: number;
}

/** The crossfades that were listened to, best first. */
function bestSplices(
  bench: Workbench,
  bounds: LoopBounds,
  { fade: shortestFade, allows = () => true }: LoopRequest,
): Splice[] {
  const heard: Splice[] = [];
  const waiting: Prospect[] = [];
  const isComfortable = () => heard.some(({ unease }) => unease <= 1);
  const isFound = () => heard.some(({ unease, badness }) => unease <= 1 && badness <= GOOD);
  for (const fade of fadeLengths(shortestFade, bounds.longestFade)) {
    const rising = risingCurve(fade);
    const prospects = alignments(bench, bounds, fade)
      .map((alignment) => withLevel(bench, alignment, rising))
      .filter(({ start, length }) => allows(start, length, fade))
      .sort(mostPromising);
    const first = prospects.splice(0, HEARD_PER_FADE).map((prospect) => listen(bench, prospect));
    heard.push(...first);
    if (isFound()) break;
    if (first.some(({ unease }) => unease <= HOPELESS)) waiting.push(...prospects);
  }
  waiting.sort(mostPromising);
  while (!isComfortable() && waiting.length > 0 && heard.length < HEARD_IN_ALL) {
    heard.push(listen(bench, waiting.shift()!));
  }
  return heard.sort((a, b) => a.badness - b.badness);
}

function mostPromising(a: Prospect, b: Prospect): number {
  return a.promise - b.promise;
}

function alignments({ outlook, thin }: Workbench, bounds: LoopBounds, fade: number): Alignment[] {
  const exact = bounds.shortest === bounds.longest;
  return outlook
    .candidates(fade, STARTS_ALIGNED)
    .flatMap((candidate) =>
      exact
        ? alignStart(thin, candidate, bounds, fade, outlook.hop)
        : alignLength(thin, candidate, fade, bounds, outlook.hop),
    );
}

function sidesOf({ incoming, outgoing }: Workbench, { start, length }: Alignment): FadeSides {
  return { incoming, incomingEnd: start, outgoing, outgoingEnd: start + length };
}

/** The level in the middle of a crossfade costs little to know: it tells which are worth listening to. */
function withLevel(bench: Workbench, alignment: Alignment, rising: Float32Array): Prospect {
  const fade = rising.length;
  const window = Math.min(fade, levelWindow(bench.sound.sampleRate));
  const middle = blendMiddle(sidesOf(bench, alignment), rising, window);
  const level = Math.abs(middleLevel(bench, alignment, fade, middle)) / CONTENT.levelDb;
  return { ...alignment, rising, promise: alignment.cost + LEVEL_WEIGHT * Math.max(0, level - EASY) };
}

/** How bad it is, all told. */
function listen(bench: Workbench, prospect: Prospect): Splice {
  const blended = blendSides(sidesOf(bench, prospect), prospect.rising);
  const { flux, bandDb } = fadeColour(bench, prospect, blended);
  const level = Math.abs(fadeLevel(bench, prospect, blended));
  const unease = Math.max(
    penaltyOf(level, CONTENT.levelDb, REFUSED.levelDb),
    penaltyOf(flux, CONTENT.flux, REFUSED.flux),
  );
  const mismatch = MISMATCH_WEIGHT * (1 - blended.correlation) + BAND_WEIGHT * bandDb;
  return { ...prospect, unease, badness: unease + mismatch };
}

function close(bench: Workbench, splice: Splice): ClosedLoop {
  const { start, length, rising } = splice;
  const blended = blendSides(sidesOf(bench, splice), rising);
  const closed = withFade(bench.sound, start, length, blended);
  const settled = placeWrap(closed, { start: length - rising.length, length: rising.length });
  return {
    sound: settled.sound,
    start,
    length,
    turn: settled.turn,
    crossfade: settled.crossfade!,
    correlation: blended.correlation,
    seam: settled.seam,
  };
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

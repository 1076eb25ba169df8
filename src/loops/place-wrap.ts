/**
 * A loop may be rotated without being changed: it goes round as before. It is rotated so that the wrap, which
 * some samplers play with a fade of their own and every editor shows as an edge, lies where nothing much
 * happens: level as usual, no change of timbre, neighbouring samples close together.
 */
import { square } from '../dsp/maths.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import { nthMagnitude } from '../dsp/sort.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { unroll } from '../dsp/unroll.ts';
import { type Course, measureCourse } from './course.ts';
import type { Crossfade } from './crossfade.ts';
import { type CutResponse, cutResponse } from './cut-response.ts';
import { EnergyTrack } from './energy.ts';
import { figureAtPenalty, penaltyOf } from './penalty.ts';
import { COMFORTABLE_SEAM, SEAM_LIMITS, type Seam, seamSeverity } from './seam.ts';
import { levelWindow, powerAgainst } from './seam-levels.ts';
import { type SeamMeter, seamMeter } from './seam-meter.ts';

export interface PlacedLoop {
  readonly sound: Sound;
  readonly crossfade: Crossfade | null;
  /** By how many frames it was rotated: its first frame was there before. */
  readonly rotation: number;
  readonly seam: Seam;
  readonly course: Course;
}

/**
 * What a wrap should keep to, for nothing to be noticed there but the music; a place that does is taken at once. All lie
 * well within the limits. The flux is 0.88 since the bench, which measures in other bands, finds up to a quarter more: at
 * 0.85 and a level of 0.5 dB 8 of 28 hiss rings of the demo failed it, so none of them does, nor of 109 other rings.
 */
const WRAP_TARGET: Seam = { step: 3, stepOfPeak: 0.015, levelDb: 0.4, flux: 0.88 };
/** Places measured before the best of them is taken. Of splices as many close with 6 or 96; it is for rings. */
const PLACES_TRIED = 24;

/** A step between neighbours that need not be smaller, as part of the peak: half of the target. */
const SMALL_STEP = WRAP_TARGET.stepOfPeak / 2;

/** What a cut may cost, as {@link CutResponse} has it: the step stays within the loop's own, with some room. */
const SMALL_CUT = 0.6;
/** A place whose wrap nobody hears as the file is comes before any other, whatever a cut costs there. */
const WORST_CALM = 2;
/** Where no wrap is comfortable, a cut counts no more than this: at 2 a wrap is heard. */
const WORST_CUT_PENALTY = 1.5;

/**
 * The loop rotated to begin where its wrap is noticed least; its content is unchanged.
 * @param crossfade where it was closed; null for a ring
 * @param pulses whole periods of a steady pulse that it holds; 0 where nothing pulses
 * @param energies of the loop, where they are known
 * @param lender of what is rotated
 */
export function placeWrap(
  loop: Sound,
  crossfade: Crossfade | null,
  pulses = 0,
  energies = new EnergyTrack(loop),
  lender: Lender = FRESH,
): PlacedLoop {
  const meter = seamMeter(loop, crossfade, energies);
  const cuts = cutResponse(loop);
  let rotation = 0;
  let least = Infinity;
  let seam: Seam | null = null;
  for (const place of wrapCandidates(loop, meter, cuts)) {
    if (place.isForSeam && least <= WORST_CALM) break;
    const cut = cuts.at(place.frame);
    if (placePenalty(meter.edgeAt(place.frame), cut) >= least) continue;
    const parts = meter.at(place.frame, mostFlux(least));
    const penalty = placePenalty(parts.wrap, cut);
    if (penalty < least || !seam) [rotation, least, seam] = [place.frame, penalty, parts.whole];
    if (least <= 1) break;
  }
  const length = frameCount(loop);
  return {
    sound: rotation === 0 ? loop : rotateLoop(loop, rotation, lender),
    crossfade: crossfade && { ...crossfade, start: (crossfade.start - rotation + length) % length },
    rotation,
    seam: seam ?? meter.at(0).whole,
    course: measureCourse(meter.frames, meter.energies, length, loop.sampleRate, pulses),
  };
}

/** The loop beginning at frame `start`. @param lender of it */
export function rotateLoop(loop: Sound, start: number, lender: Lender = FRESH): Sound {
  const channels = loop.channels.map((channel) => unroll(channel, start, lender.floats(channel.length)));
  return { sampleRate: loop.sampleRate, channels };
}

/** The worst of a wrap's figures against the target: up to 1 it keeps to it, above 2 it is heard. */
function wrapPenalty(wrap: Seam): number {
  return Math.max(
    penaltyOf(wrap.step, WRAP_TARGET.step, SEAM_LIMITS.step),
    penaltyOf(wrap.stepOfPeak, WRAP_TARGET.stepOfPeak, SEAM_LIMITS.stepOfPeak),
    penaltyOf(Math.abs(wrap.levelDb), WRAP_TARGET.levelDb, SEAM_LIMITS.levelDb),
    penaltyOf(wrap.flux, WRAP_TARGET.flux, SEAM_LIMITS.flux),
  );
}

/** The worse of the wrap and what a cut costs there; up to {@link WORST_CALM} where the wrap is comfortable, else above. */
function placePenalty(wrap: Seam, cut: number): number {
  const penalty = wrapPenalty(wrap);
  const ofCut = cut / SMALL_CUT;
  if (seamSeverity(wrap, COMFORTABLE_SEAM) <= 1) return Math.min(WORST_CALM, Math.max(penalty, ofCut));
  return WORST_CALM + Math.max(penalty, Math.min(WORST_CUT_PENALTY, ofCut));
}

/** The flux from which on a place is no better than one of this penalty. */
function mostFlux(penalty: number): number {
  const figure = (ofWrap: number) => figureAtPenalty(ofWrap, WRAP_TARGET.flux, SEAM_LIMITS.flux);
  if (penalty <= WORST_CALM) return figure(penalty);
  return Math.max(COMFORTABLE_SEAM.flux, figure(penalty - WORST_CALM));
}

/** A frame where the file might begin. */
interface Place {
  readonly frame: number;
  /** Chosen for the seam alone, for loops without a comfortable place that a cut spares. */
  readonly isForSeam: boolean;
}

/**
 * Frames at which the wrap would be noticed least, best first: little change of timbre, and a level near the body's.
 * Where a loop has no place with both, squares trade one for the other. Each has two: the nearest that a cut spares, and
 * behind all of these the nearest with a small step.
 */
function* wrapCandidates(loop: Sound, meter: SeamMeter, cuts: CutResponse): Generator<Place> {
  const { hop } = meter;
  const departure = levelDepartures(loop, meter);
  const penalties = wrapFlux(meter.fluxes);
  for (let i = 0; i < penalties.length; i++) {
    const level = departure(Math.round(i * hop));
    penalties[i] =
      square(penaltyOf(penalties[i], WRAP_TARGET.flux, SEAM_LIMITS.flux)) +
      square(penaltyOf(level, WRAP_TARGET.levelDb, SEAM_LIMITS.levelDb));
  }
  const small = meter.usualSteps.map((usual, c) => Math.min(SMALL_STEP * meter.energies.peak(c), usual));
  const places = leastPlaces(penalties, PLACES_TRIED).map((i) => Math.round(i * hop));
  const near = (place: number, smallCut: number) => cuts.calmest(place, Math.round(hop), small, smallCut);
  for (const place of places) yield { frame: near(place, SMALL_CUT), isForSeam: false };
  for (const place of places) yield { frame: near(place, Infinity), isForSeam: true };
}

/** Flux that a wrap at each frame would meet, over the 95th percentile of all; of the worst channel. */
function wrapFlux(fluxes: readonly Float32Array[]): Float32Array {
  const count = fluxes[0].length;
  const worst = new Float32Array(count);
  for (const flux of fluxes) {
    const usual = nthMagnitude(flux, Math.floor(0.95 * (count - 1))) || Number.MIN_VALUE;
    for (let i = 0; i < count; i++) {
      let most = 0;
      for (let k = -2; k <= 3; k++) most = Math.max(most, flux[(i + k + 2 * count) % count]);
      worst[i] = Math.max(worst[i], most / usual);
    }
  }
  return worst;
}

/** Where the least of values from 0 up stand, the least first; of equals the first. */
function leastPlaces(values: Float32Array, count: number): number[] {
  const most = nthMagnitude(values, Math.min(count, values.length) - 1);
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] <= most) places.push(i);
  return places.sort((a, b) => values[a] - values[b] || a - b).slice(0, count);
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
      worst = Math.max(worst, Math.abs(powerAgainst(body[c], energies.meanSquare(c, start, window))));
    }
    return worst;
  };
}

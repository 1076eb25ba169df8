/**
 * What a path through a source costs, in dB a band: where its stretches are unlike where they meet, where something is struck
 * or nothing sounds in them, where they come again, and where the whole is not what its source is.
 */
import { meanDifference } from '../shared/mean-difference.ts';
import type { Measures } from './measures.ts';
import { type Moments, meanOver } from './moments.ts';
import { addMoments, correlation, meanDistance, pitchLikeness, type Reference } from './reference.ts';

/** Parts of a bed that are held against one another. */
export const PARTS = 8;

/** From these on a path is all that its source is: well inside of what a finished bed must keep to. */
const COLOUR_DB = 1.5;
const PITCHES = 0.96;
const CHANGE = 1;
/**
 * What one thing costs beside others: a difference of all pitch classes, 1 dB of a strike, a moment of silence, one that
 * was played before; and of the whole, 1 dB of colour, a correlation of pitch classes less by 1, no change at all.
 */
const COSTS = { pitch: 8, strike: 3, silence: 150, reuse: 12, colour: 2, pitches: 60, change: 40 };

/** Moments that are weighed as one where the whole is looked at. */
const WEIGHED_MOMENTS = 4;

/** A path as it is searched for, in moments. */
export interface Draft {
  /** Where each stretch begins in the source. */
  readonly starts: Int32Array;
  /** Moments from one stretch to the next, and over which each comes in. */
  readonly steps: readonly number[];
  readonly overlaps: readonly number[];
}

/** Costs paths of one source and one ring. */
export class PathCost {
  readonly #moments: Moments;
  readonly #measures: Measures;
  readonly #reference: Reference;
  readonly #played: Uint8Array;
  readonly #parts: Float64Array[];
  readonly #shape: Float64Array;
  readonly #pitches: Float64Array;
  readonly #ends: readonly Float64Array[];
  readonly #endPitches: readonly Float64Array[];

  constructor(moments: Moments, measures: Measures, reference: Reference) {
    this.#moments = moments;
    this.#measures = measures;
    this.#reference = reference;
    this.#played = new Uint8Array(moments.count);
    this.#parts = Array.from({ length: PARTS }, () => new Float64Array(moments.bandCount));
    this.#shape = new Float64Array(moments.bandCount);
    this.#pitches = new Float64Array(moments.pitchCount);
    this.#ends = [0, 1].map(() => new Float64Array(moments.bandCount));
    this.#endPitches = [0, 1].map(() => new Float64Array(moments.pitchCount));
  }

  of(draft: Draft): number {
    const { starts } = draft;
    let sum = 0;
    for (let i = 0; i < starts.length; i++) sum += this.#insideCost(draft, i) + this.joinCost(draft, i);
    return sum / starts.length + this.#reuseCost(draft) + this.#wholeCost(draft);
  }

  /** How unlike the end of the stretch before is to the beginning of this one, dB a band. */
  joinCost({ starts, steps, overlaps }: Draft, i: number): number {
    const { bandSums, pitchSums } = this.#moments;
    const before = (i + starts.length - 1) % starts.length;
    const ending = starts[before] + steps[before];
    const [one, other] = this.#ends;
    meanOver(bandSums, ending, overlaps[i], one);
    meanOver(bandSums, starts[i], overlaps[i], other);
    const [pitches, otherPitches] = this.#endPitches;
    meanOver(pitchSums, ending, overlaps[i], pitches);
    meanOver(pitchSums, starts[i], overlaps[i], otherPitches);
    return meanDifference(one, other) + COSTS.pitch * (1 - pitchLikeness(pitches, otherPitches));
  }

  /** What is struck in a stretch, or is silent. */
  #insideCost(draft: Draft, i: number): number {
    const { sounds, strikes } = this.#moments;
    const usual = this.#reference.usualStrike;
    const start = draft.starts[i];
    const length = lengthOf(draft, i);
    let strike = 0;
    let silent = 0;
    for (let k = 0; k < length; k++) {
      const weight = weightAt(draft, i, k);
      strike += weight * Math.max(0, strikes[start + k] - usual);
      // Where it is faded too: a fade into nothing is a hole.
      if (!sounds[start + k]) silent++;
    }
    return COSTS.strike * strike + COSTS.silence * silent;
  }

  /** Moments that are played more often than all must be, as a share of all that is played. */
  #reuseCost(draft: Draft): number {
    const { starts } = draft;
    this.#played.fill(0);
    let again = 0;
    let all = 0;
    for (let i = 0; i < starts.length; i++) {
      const length = lengthOf(draft, i);
      for (let k = starts[i]; k < starts[i] + length; k++) again += this.#played[k]++;
      all += length;
    }
    return (COSTS.reuse * again) / all / Math.max(1, all / this.#moments.count);
  }

  /** The colour, the pitch classes and the change of the whole against those of the source. */
  #wholeCost(draft: Draft): number {
    const { bandSums, pitchSums, hop } = this.#moments;
    const { starts, steps } = draft;
    const ring = this.#measures.frames / hop;
    const parts = this.#parts;
    const weights = new Float64Array(PARTS);
    for (const part of parts) part.fill(0);
    this.#pitches.fill(0);
    let place = 0;
    for (let i = 0; i < starts.length; i++) {
      const length = lengthOf(draft, i);
      for (let k = 0; k < length; k += WEIGHED_MOMENTS) {
        const all = Math.min(WEIGHED_MOMENTS, length - k);
        const middle = k + (all - 1) / 2;
        const weight = weightAt(draft, i, middle);
        const part = Math.floor((PARTS * ((place + middle) % ring)) / ring) % PARTS;
        addMoments(bandSums, starts[i] + k, all, parts[part], weight);
        addMoments(pitchSums, starts[i] + k, all, this.#pitches, weight);
        weights[part] += all * weight;
      }
      place += steps[i];
    }
    this.#shape.fill(0);
    for (const [p, part] of parts.entries()) {
      for (let b = 0; b < part.length; b++) {
        part[b] /= Math.max(weights[p], 1e-9);
        this.#shape[b] += part[b] / PARTS;
      }
    }
    const { shape, pitches, change } = this.#reference;
    return (
      COSTS.colour * Math.max(0, meanDifference(this.#shape, shape) - COLOUR_DB) +
      COSTS.pitches * Math.max(0, PITCHES - correlation(this.#pitches, pitches)) +
      (change > 0 ? COSTS.change * Math.max(0, CHANGE - meanDistance(parts) / change) : 0)
    );
  }
}

/** Moments of a stretch, the overlap in which it goes out included. */
export function lengthOf({ steps, overlaps }: Draft, i: number): number {
  return steps[i] + overlaps[(i + 1) % steps.length];
}

/** How much is heard of moment k of a stretch, 0 to 1. */
function weightAt(draft: Draft, i: number, k: number): number {
  const { overlaps } = draft;
  const fadeIn = (k + 0.5) / overlaps[i];
  const fadeOut = (lengthOf(draft, i) - k - 0.5) / overlaps[(i + 1) % overlaps.length];
  return Math.min(1, fadeIn, fadeOut);
}

/**
 * Choosing moments that are good and unlike each other: maximal marginal relevance over the standardised
 * embedding, with suppression of whatever shares too much of its time with a moment that is already taken.
 */
import { exp, square } from '../dsp/maths.ts';
import { likenessAt, marginalRelevance, mostWorth } from './marginal-relevance.ts';
import type { Moment, TimeRange } from './moments.ts';

export interface MomentQueue {
  /** The best moment left, given those accepted; null when none is. */
  next(): Moment | null;
  /** Whether a stretch shares too much of its time with one that was kept. */
  overlaps(stretch: TimeRange): boolean;
  /**
   * Keeps a moment: what overlaps or resembles it stands back.
   * @param stretch where the loop that was cut of it came to lie
   */
  accept(moment: Moment, stretch: TimeRange): void;
  /** It was no good after all: it and the windows that all but coincide with it are not offered again. */
  pass(moment: Moment): void;
}

/** What novelty weighs beside quality. */
const NOVELTY = 0.35;
/** What distance in time from those kept weighs beside it, and the distance, in lengths, at which nearness falls to 1/e. */
const DISTANCE = 0.1;
const NEAR_LENGTHS = 4;
/** What clips stands behind all that does not: no score makes up for this. */
const CLIPPED = 10;
/** Share of time that two kept moments may have in common; see {@link sharedTime}. */
const MOST_SHARED = 0.4;
/** Share of time in common with a moment that was no good at which another is no better. */
const AS_GOOD_AS_SAME = 0.8;
/** Embedding distance (standard deviations a dimension) under which two moments are copies. */
const COPY_DISTANCE = 0.12;
/** Distance at which likeness falls to 1/e. */
const LIKENESS_DISTANCE = 0.8;

/**
 * @param moments candidates, usually overlapping windows of one source
 * @param taken moments kept before, for example for another length: new ones should differ from them; those
 *   kept from this queue are added to it
 */
export function momentQueue(moments: readonly Moment[], taken: Moment[] = []): MomentQueue {
  const distance = standardisedDistance(moments);
  let left = moments.filter((moment) => taken.every((other) => sharedTime(moment, other) <= MOST_SHARED));
  return {
    next() {
      return mostWorth(
        left,
        (moment) =>
          marginalRelevance(moment.worth, likeness(moment, taken, distance), NOVELTY) -
          DISTANCE * nearness(moment, taken) -
          (moment.clips ? CLIPPED : 0),
      );
    },
    overlaps(stretch) {
      return taken.some((other) => sharedTime(other, stretch) > MOST_SHARED);
    },
    accept(moment, stretch) {
      taken.push({ ...moment, ...stretch });
      left = left.filter(
        (other) => sharedTime(other, stretch) <= MOST_SHARED && distance(other, moment) > COPY_DISTANCE,
      );
    },
    pass(moment) {
      left = left.filter((other) => sharedTime(other, moment) <= AS_GOOD_AS_SAME);
    },
  };
}

/**
 * Time two moments have in common, as a share of the longer: two of one length (a tenth more or less) then
 * share less than half of either, and a long one may still hold a short one.
 */
function sharedTime(a: TimeRange, b: TimeRange): number {
  const shared = Math.min(a.start + a.length, b.start + b.length) - Math.max(a.start, b.start);
  return Math.max(0, shared) / Math.max(a.length, b.length);
}

type Distance = (a: Moment, b: Moment) => number;

function likeness(moment: Moment, accepted: readonly Moment[], distance: Distance): number {
  let most = 0;
  for (const other of accepted) {
    most = Math.max(most, likenessAt(distance(moment, other), LIKENESS_DISTANCE));
  }
  return most;
}

/** 1 in the middle of a kept moment, towards 0 far from all of them. */
function nearness(moment: Moment, accepted: readonly Moment[]): number {
  const middle = moment.start + moment.length / 2;
  let least = Infinity;
  for (const { start, length } of accepted) least = Math.min(least, Math.abs(start + length / 2 - middle));
  return exp(-least / moment.length / NEAR_LENGTHS);
}

/** Root mean square difference of embeddings whose every dimension has unit variance over the candidates. */
function standardisedDistance(moments: readonly Moment[]): Distance {
  const dimensions = moments[0]?.embedding.length ?? 0;
  const scale = new Float32Array(dimensions);
  for (let d = 0; d < dimensions; d++) {
    let [sum, squares] = [0, 0];
    for (const { embedding } of moments) {
      sum += embedding[d];
      squares += embedding[d] * embedding[d];
    }
    const variance = squares / moments.length - square(sum / moments.length);
    scale[d] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  }
  return (a, b) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += square((a.embedding[d] - b.embedding[d]) * scale[d]);
    return Math.sqrt(sum / dimensions);
  };
}

/** The best crossfades of a search so far: those that may be closed, and no more of them are kept in memory. */
import { isRejected, type MeasuredCrossfade } from './measure-crossfade.ts';

/**
 * Loops that are closed and measured whole, until one of them is good: of 168, 102 are an A by the choice among four, 96 by
 * taking the first of two that closes.
 */
const CLOSED_AT_MOST = 4;
/**
 * Total penalty that ends the search at once: within the target, and among the music. It is there to spare time, and set by
 * hand.
 */
const GOOD_PENALTY = 2.5;
/** A crossfade whose every figure lies so far from the median of stretches as long is one of them. */
const AMONG = 1;

export class Shortlist {
  #measured = 0;
  #isWithinTarget = false;
  #isGood = false;
  readonly #best: MeasuredCrossfade[] = [];

  /** How many were looked at. */
  get measured(): number {
    return this.#measured;
  }

  /** Whether one is within the target, and among the music. */
  get isWithinTarget(): boolean {
    return this.#isWithinTarget;
  }

  /** Whether one of them ends the search. */
  get isGood(): boolean {
    return this.#isGood;
  }

  /** Those that were not refused, best first. */
  get best(): readonly MeasuredCrossfade[] {
    return this.#best;
  }

  /** Total penalty from which on another is not among them. */
  get most(): number {
    return this.#best[CLOSED_AT_MOST - 1]?.totalPenalty ?? Infinity;
  }

  add(crossfade: MeasuredCrossfade): void {
    const { penalty, standing, totalPenalty } = crossfade;
    this.#measured++;
    const isWithin = penalty <= 1 && standing.most <= AMONG;
    this.#isWithinTarget ||= isWithin;
    this.#isGood ||= isWithin && totalPenalty <= GOOD_PENALTY;
    if (isRejected(crossfade)) return;
    const worse = this.#best.findIndex((other) => other.totalPenalty > totalPenalty);
    this.#best.splice(worse < 0 ? this.#best.length : worse, 0, crossfade);
    this.#best.splice(CLOSED_AT_MOST);
  }
}

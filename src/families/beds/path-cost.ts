/**
 * What a path through a source costs, in dB a band: where its stretches are unlike where they meet, where something is struck
 * or nothing sounds in them, where they come again, and where the whole is not what its source is. A path is searched for by
 * moving one stretch at a time, so only what that changes is counted again.
 */
import { meanDifference } from '../shared/mean-difference.ts';
import { type Draft, lengthOf, weightAt } from './draft.ts';
import type { Measures } from './measures.ts';
import { type Moments, meanOver } from './moments.ts';
import { pitchLikeness, type Reference } from './reference.ts';
import { WholeCost } from './whole-cost.ts';

/** What one thing costs beside others: a difference of all pitch classes, 1 dB of a strike, a moment of silence. */
const COSTS = { pitch: 8, strike: 3, silence: 150 };
/**
 * What it costs to play a moment again, where that must be and where it need not. With 12 for both beds of 45 s played 4 to 25 s of five songs of seven
 * twice; with 120 0 to 10 s of them, and keep to their other figures as often.
 */
const REUSE = { woven: 12, other: 120 };

/** Costs the paths between which one draft goes as its stretches are moved. */
export class PathCost {
  readonly #draft: Draft;
  readonly #moments: Moments;
  readonly #usualStrike: number;
  readonly #reuse: number;
  readonly #whole: WholeCost;
  /** Of each stretch: how much of each of its moments is heard. */
  readonly #weights: readonly Float64Array[];
  /** What each stretch costs by itself, and by how it follows the one before. */
  readonly #inside: Float64Array;
  readonly #joins: Float64Array;
  /** How often each moment is played, and how many times one is that was before. */
  readonly #played: Uint16Array;
  #again = 0;
  /** Moments that are played altogether. */
  readonly #all: number;
  readonly #ends: readonly Float64Array[];
  readonly #endPitches: readonly Float64Array[];
  /** What the last move has changed. */
  readonly #before = { stretch: 0, start: 0, inside: 0, join: 0, nextJoin: 0 };

  constructor(draft: Draft, moments: Moments, measures: Measures, reference: Reference) {
    const { starts } = draft;
    this.#draft = draft;
    this.#moments = moments;
    this.#usualStrike = reference.usualStrike;
    this.#reuse = measures.isWoven ? REUSE.woven : REUSE.other;
    this.#weights = Array.from(starts, (_, i) =>
      Float64Array.from({ length: lengthOf(draft, i) }, (_moment, k) => weightAt(draft, i, k)),
    );
    this.#all = this.#weights.reduce((sum, { length }) => sum + length, 0);
    this.#played = new Uint16Array(moments.count);
    this.#ends = [0, 1].map(() => new Float64Array(moments.bandCount));
    this.#endPitches = [0, 1].map(() => new Float64Array(moments.pitchCount));
    this.#inside = Float64Array.from(starts, (_, i) => this.#insideCost(i));
    this.#joins = Float64Array.from(starts, (_, i) => this.joinCost(i));
    for (let i = 0; i < starts.length; i++) this.#addPlays(i);
    this.#whole = new WholeCost(draft, moments, measures, reference);
  }

  /** What the path costs at least: all but the whole, which takes longest to count. */
  least(): number {
    let sum = 0;
    for (let i = 0; i < this.#inside.length; i++) sum += this.#inside[i] + this.#joins[i];
    const reuse = (this.#reuse * this.#again) / this.#all / Math.max(1, this.#all / this.#moments.count);
    return sum / this.#inside.length + reuse;
  }

  /** What the whole costs besides, 0 or more. */
  whole(): number {
    return this.#whole.cost();
  }

  /** Lets a stretch begin at another moment. */
  move(stretch: number, start: number): void {
    const next = (stretch + 1) % this.#joins.length;
    const before = this.#before;
    before.stretch = stretch;
    before.start = this.#draft.starts[stretch];
    before.inside = this.#inside[stretch];
    before.join = this.#joins[stretch];
    before.nextJoin = this.#joins[next];
    this.#place(stretch, start);
    this.#inside[stretch] = this.#insideCost(stretch);
    this.#joins[stretch] = this.joinCost(stretch);
    this.#joins[next] = this.joinCost(next);
  }

  /** Takes the last move back. */
  undo(): void {
    const { stretch, start, inside, join, nextJoin } = this.#before;
    this.#place(stretch, start);
    this.#inside[stretch] = inside;
    this.#joins[(stretch + 1) % this.#joins.length] = nextJoin;
    this.#joins[stretch] = join;
  }

  #place(stretch: number, start: number): void {
    this.#removePlays(stretch);
    this.#draft.starts[stretch] = start;
    this.#addPlays(stretch);
  }

  #addPlays(stretch: number): void {
    const start = this.#draft.starts[stretch];
    const end = start + this.#weights[stretch].length;
    for (let k = start; k < end; k++) this.#again += this.#played[k]++;
  }

  #removePlays(stretch: number): void {
    const start = this.#draft.starts[stretch];
    const end = start + this.#weights[stretch].length;
    for (let k = start; k < end; k++) this.#again -= --this.#played[k];
  }

  /** How unlike the end of the stretch before is to the beginning of this one, dB a band. */
  joinCost(stretch: number): number {
    const { bandSums, pitchSums } = this.#moments;
    const { starts, steps, overlaps } = this.#draft;
    const before = (stretch + starts.length - 1) % starts.length;
    const [ending, start, count] = [starts[before] + steps[before], starts[stretch], overlaps[stretch]];
    const [one, other] = this.#ends;
    const difference = meanDifference(
      meanOver(bandSums, ending, count, one),
      meanOver(bandSums, start, count, other),
    );
    const [pitches, otherPitches] = this.#endPitches;
    const likeness = pitchLikeness(
      meanOver(pitchSums, ending, count, pitches),
      meanOver(pitchSums, start, count, otherPitches),
    );
    return difference + COSTS.pitch * (1 - likeness);
  }

  /** What is struck in a stretch, or is silent. */
  #insideCost(stretch: number): number {
    const { sounds, strikes } = this.#moments;
    const start = this.#draft.starts[stretch];
    const weights = this.#weights[stretch];
    let strike = 0;
    let silent = 0;
    for (let k = 0; k < weights.length; k++) {
      strike += weights[k] * Math.max(0, strikes[start + k] - this.#usualStrike);
      // Where it is faded too: a fade into nothing is a hole.
      if (!sounds[start + k]) silent++;
    }
    return COSTS.strike * strike + COSTS.silence * silent;
  }
}

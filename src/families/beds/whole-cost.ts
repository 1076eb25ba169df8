/** What a path costs where the whole is not what its source is: in colour, in pitch classes, in how much it changes. */
import { meanDifference } from '../shared/mean-difference.ts';
import { type Draft, lengthOf, weightAt } from './draft.ts';
import type { Measures } from './measures.ts';
import { addMoments, type Moments } from './moments.ts';
import { correlation, meanDistance, type Reference } from './reference.ts';

/** Parts of a bed that are held against one another. */
export const PARTS = 8;

/** From these on a path is all that its source is: well inside of what a finished bed must keep to. */
const COLOUR_DB = 1.5;
const PITCHES = 0.96;
const CHANGE = 1;
/**
 * What 1 dB of colour costs, a correlation of pitch classes less by 1, and no change at all. With 60 for the pitch classes two songs of 17
 * gave beds that correlated with them by 0.89 and 0.88 (0.9 is wanted), with 150 by 0.90 and 0.93; a third, of noise, misses by far with both.
 * The two others were not measured beside other values: with these no song's bed misses in colour or in change.
 */
const COSTS = { colour: 2, pitches: 150, change: 100 };
/** Moments that are weighed as one. */
const WEIGHED_MOMENTS = 4;

/** Some moments of a stretch, which lie in one part of the bed: neither changes when the stretch is moved. */
interface Block {
  readonly first: number;
  readonly count: number;
  readonly weight: number;
  readonly part: number;
}

/** Costs the paths between which one draft goes as its stretches are moved. */
export class WholeCost {
  readonly #draft: Draft;
  readonly #moments: Moments;
  readonly #reference: Reference;
  readonly #blocks: readonly (readonly Block[])[];
  /** What the blocks of each part weigh together. */
  readonly #weights: Float64Array;
  /** Sums of the bands in each part and of the pitch classes in all, with every stretch where it is in `#counted`. */
  readonly #bands: readonly Float64Array[];
  readonly #pitches: Float64Array;
  readonly #counted: Int32Array;
  readonly #parts: readonly Float64Array[];
  readonly #shape: Float64Array;

  constructor(draft: Draft, moments: Moments, { frames }: Measures, reference: Reference) {
    const rows = () => Array.from({ length: PARTS }, () => new Float64Array(moments.bandCount));
    this.#draft = draft;
    this.#moments = moments;
    this.#reference = reference;
    this.#blocks = blocksOf(draft, frames / moments.hop);
    this.#weights = new Float64Array(PARTS);
    for (const { part, count, weight } of this.#blocks.flat()) this.#weights[part] += count * weight;
    this.#bands = rows();
    this.#pitches = new Float64Array(moments.pitchCount);
    this.#counted = draft.starts.slice();
    for (let i = 0; i < draft.starts.length; i++) this.#add(i, 1);
    this.#parts = rows();
    this.#shape = new Float64Array(moments.bandCount);
  }

  /** 0 or more. */
  cost(): number {
    this.#count();
    this.#shape.fill(0);
    for (let p = 0; p < PARTS; p++) {
      const [part, bands] = [this.#parts[p], this.#bands[p]];
      const weight = Math.max(this.#weights[p], 1e-9);
      for (let b = 0; b < part.length; b++) {
        part[b] = bands[b] / weight;
        this.#shape[b] += part[b] / PARTS;
      }
    }
    const { shape, pitches, change } = this.#reference;
    return (
      COSTS.colour * Math.max(0, meanDifference(this.#shape, shape) - COLOUR_DB) +
      COSTS.pitches * Math.max(0, PITCHES - correlation(this.#pitches, pitches)) +
      (change > 0 ? COSTS.change * Math.max(0, CHANGE - meanDistance(this.#parts) / change) : 0)
    );
  }

  /** Brings the sums to where the stretches are now. */
  #count(): void {
    const { starts } = this.#draft;
    for (let i = 0; i < starts.length; i++) {
      if (starts[i] === this.#counted[i]) continue;
      this.#add(i, -1);
      this.#counted[i] = starts[i];
      this.#add(i, 1);
    }
  }

  /** Adds a stretch, or takes it away. */
  #add(stretch: number, sign: 1 | -1): void {
    const { bandSums, pitchSums } = this.#moments;
    const start = this.#counted[stretch];
    for (const { first, count, weight, part } of this.#blocks[stretch]) {
      addMoments(bandSums, start + first, count, this.#bands[part], sign * weight);
      addMoments(pitchSums, start + first, count, this.#pitches, sign * weight);
    }
  }
}

/** @param ring moments of the bed */
function blocksOf(draft: Draft, ring: number): Block[][] {
  let place = 0;
  return draft.steps.map((step, i) => {
    const length = lengthOf(draft, i);
    const blocks: Block[] = [];
    for (let first = 0; first < length; first += WEIGHED_MOMENTS) {
      const count = Math.min(WEIGHED_MOMENTS, length - first);
      const middle = first + (count - 1) / 2;
      const part = Math.floor((PARTS * ((place + middle) % ring)) / ring) % PARTS;
      blocks.push({ first, count, weight: weightAt(draft, i, middle), part });
    }
    place += step;
    return blocks;
  });
}

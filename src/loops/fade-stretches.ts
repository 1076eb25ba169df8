/** Level and stereo image of a loop's crossfade, and of the stretches of the same loop that are as long. */
import { log10 } from '../dsp/maths.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { PRODUCTS, runningProducts } from '../dsp/sums.ts';
import type { Crossfade } from './crossfade.ts';

/** Of stretches that are compared, about this from the start of one to the next, s. */
const HOP_SEC = 0.01;
const LEAST_POWER = 1e-20;

/** A figure of the crossfade among those of the stretches. */
export interface AmongStretches {
  readonly here: number;
  /** Of those that overlap the crossfade by half at most; 0 where there are none. */
  readonly median: number;
  /** How far each of them lies from the median, sorted. */
  readonly distances: Float64Array;
}

/** Σ left², Σ right², Σ left·right; of one channel the last two are 0. */
export type Products = readonly [left: number, right: number, both: number];

export interface FadeStretches {
  /** Of the crossfade. */
  readonly products: Products;
  /** Power of all channels, dB of a sum. */
  readonly level: AmongStretches;
  /** Correlation of the two channels, -1 to 1; null of one channel. */
  readonly correlation: AmongStretches | null;
}

/** @param loop the whole loop, going round */
export function fadeStretches(loop: Sound, { start, length: fade }: Crossfade): FadeStretches {
  const length = frameCount(loop);
  const count = Math.max(1, Math.round(length / (HOP_SEC * loop.sampleRate)));
  const hop = length / count;
  const width = Math.max(1, Math.min(count, Math.round(fade / hop)));
  const sums = sumsAround(loop.channels, count, width);
  const here = Math.round(start / hop) % count;
  const nearest = Math.ceil(width / 2);
  const others = Math.max(0, Math.floor(count - width / 2) - nearest + 1);
  const among = (figure: (sums: Float64Array, from: number, to: number) => number): AmongStretches => {
    const figureAt = (hop: number) => figure(sums, PRODUCTS * hop, PRODUCTS * (hop + width));
    const figures = new Float64Array(others);
    for (let i = 0; i < others; i++) figures[i] = figureAt((here + nearest + i) % count);
    const median = figures.sort()[others >> 1] ?? 0;
    const distances = figures;
    for (let i = 0; i < others; i++) distances[i] = Math.abs(figures[i] - median);
    return { here: figureAt(here), median, distances: distances.sort() };
  };
  return {
    products: productsFrom(sums, here, width),
    level: among(levelOf),
    correlation: loop.channels.length > 1 ? among(correlationOf) : null,
  };
}

/** Running sums before each hop round the loop, and `more` hops further. */
function sumsAround([left, right]: readonly Float32Array[], count: number, more: number): Float64Array {
  const once = runningProducts(left, right ?? null, count, (hop) => Math.round((hop * left.length) / count));
  const sums = new Float64Array(PRODUCTS * (count + more + 1));
  sums.set(once);
  for (let k = once.length, from = 0; k < sums.length; k++, from++) {
    sums[k] = sums[k - PRODUCTS] + (once[from + PRODUCTS] - once[from]);
  }
  return sums;
}

function productsFrom(sums: Float64Array, first: number, width: number): Products {
  const [from, to] = [PRODUCTS * first, PRODUCTS * (first + width)];
  return [sums[to] - sums[from], sums[to + 1] - sums[from + 1], sums[to + 2] - sums[from + 2]];
}

/** Of the stretch between two places in the sums. */
function levelOf(sums: Float64Array, from: number, to: number): number {
  return 10 * log10(Math.max(sums[to] - sums[from] + (sums[to + 1] - sums[from + 1]), LEAST_POWER));
}

function correlationOf(sums: Float64Array, from: number, to: number): number {
  const [left, right] = [sums[to] - sums[from], sums[to + 1] - sums[from + 1]];
  return (sums[to + 2] - sums[from + 2]) / Math.sqrt(Math.max(left * right, LEAST_POWER));
}

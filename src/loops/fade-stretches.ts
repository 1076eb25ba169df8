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
  const others: number[] = [];
  for (let i = Math.ceil(width / 2); i <= count - width / 2; i++) others.push((here + i) % count);
  const among = (figure: (...products: Products) => number): AmongStretches => {
    const figures = Float64Array.from(others, (first) => figure(...productsFrom(sums, first, width)));
    const median = figures.sort()[figures.length >> 1] ?? 0;
    const distances = figures.map((other) => Math.abs(other - median)).sort();
    return { here: figure(...productsFrom(sums, here, width)), median, distances };
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

function levelOf(left: number, right: number): number {
  return 10 * log10(Math.max(left + right, LEAST_POWER));
}

function correlationOf(left: number, right: number, both: number): number {
  return both / Math.sqrt(Math.max(left * right, LEAST_POWER));
}

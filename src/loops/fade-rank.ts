/**
 * Whether the crossfade of a finished loop is found out by its level or by its stereo image among the stretches of the same
 * loop that are as long. What was measured before it was closed does not tell: the loop was evened out since, and other
 * stretches of the music are not heard again and again.
 */
import { log10 } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { PRODUCTS, runningProducts } from '../dsp/sums.ts';
import type { Crossfade } from './crossfade.ts';

/** Of stretches that are compared, about this from the start of one to the next, s. */
const HOP_SEC = 0.01;
const LEAST_POWER = 1e-20;

/**
 * Share of the stretches, 0 to 1, that lie nearer to their median than the crossfade does: by level (power of all channels,
 * dB) or by correlation of two channels, whichever is more. Those that overlap it by more than half are left out; 0 where
 * no others are.
 * @param loop the whole loop, going round
 */
export function fadeRank({ channels, sampleRate }: Sound, { start, length: fade }: Crossfade): number {
  const { length } = channels[0];
  const count = Math.max(1, Math.round(length / (HOP_SEC * sampleRate)));
  const hop = length / count;
  const width = Math.max(1, Math.min(count, Math.round(fade / hop)));
  const sums = sumsAround(channels, count, width);
  const here = Math.round(start / hop) % count;
  const others: number[] = [];
  for (let i = Math.ceil(width / 2); i <= count - width / 2; i++) others.push((here + i) % count);
  const ranks = [levelFrom, ...(channels.length > 1 ? [correlationFrom] : [])].map((figure) =>
    rankOf(
      figure(sums, here, width),
      Float64Array.from(others, (first) => figure(sums, first, width)),
    ),
  );
  return Math.max(...ranks);
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

function levelFrom(sums: Float64Array, first: number, width: number): number {
  const [from, to] = [PRODUCTS * first, PRODUCTS * (first + width)];
  return 10 * log10(Math.max(sums[to] - sums[from] + sums[to + 1] - sums[from + 1], LEAST_POWER));
}

function correlationFrom(sums: Float64Array, first: number, width: number): number {
  const [from, to] = [PRODUCTS * first, PRODUCTS * (first + width)];
  const powers = (sums[to] - sums[from]) * (sums[to + 1] - sums[from + 1]);
  return (sums[to + 2] - sums[from + 2]) / Math.sqrt(Math.max(powers, LEAST_POWER));
}

/** @param others changed */
function rankOf(here: number, others: Float64Array): number {
  others.sort();
  const median = others[others.length >> 1];
  const off = Math.abs(here - median);
  let nearer = 0;
  for (const other of others) if (Math.abs(other - median) < off) nearer++;
  return nearer / Math.max(1, others.length);
}

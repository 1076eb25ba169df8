/**
 * Coarse half of the joint search: pairs of places (s, s+L) that sound alike around them, level included,
 * found on log-mel frames. Alike alone is not enough: the wrap should also lie where nothing much happens,
 * so a place whose level is far from the usual, or that is in the middle of a change, costs extra.
 */
import type { LogMelFrames } from './log-mel.ts';

export interface PlacePair {
  /** Start of the loop, samples. */
  readonly start: number;
  /** Length of the loop, samples. */
  readonly length: number;
  /** Difference of the two places, dB a band; lower is better. */
  readonly cost: number;
}

export interface PairRange {
  readonly firstStart: number;
  readonly lastStart: number;
  readonly shortest: number;
  readonly longest: number;
  /** How much before the two places must be alike: the fade, samples. */
  readonly leadIn: number;
}

/** How much a dB of departure from the usual level or the usual change weighs beside a dB of difference. */
const UNUSUAL_WEIGHT = 0.35;

/**
 * The best pairs, no two within three frames of each other in place and length, best first.
 * @param count how many at most
 */
export function alikePlaces(frames: LogMelFrames, range: PairRange, count: number): PlacePair[] {
  const { hop } = frames;
  const before = Math.max(1, Math.round(range.leadIn / hop));
  const firstFrame = Math.max(before, Math.ceil(range.firstStart / hop));
  const lastFrame = Math.max(firstFrame, Math.floor(range.lastStart / hop));
  const shortestLag = Math.max(1, Math.ceil(range.shortest / hop));
  const longestLag = Math.max(shortestLag, Math.floor(range.longest / hop));
  const unusual = unusualness(frames);
  const exact = range.shortest === range.longest;
  const pairs: PlacePair[] = [];
  for (let lag = shortestLag; lag <= longestLag; lag++) {
    let sum = 0;
    for (let i = firstFrame - before; i <= lastFrame && i + lag < frames.count; i++) {
      sum += frames.distance(i, i + lag);
      if (i - firstFrame + before > before) sum -= frames.distance(i - before - 1, i - before - 1 + lag);
      if (i < firstFrame) continue;
      pairs.push({
        start: Math.round(i * hop),
        length: exact ? range.shortest : Math.round(lag * hop),
        cost: sum / (before + 1) + UNUSUAL_WEIGHT * unusual[i],
      });
    }
  }
  return bestApart(pairs, count, 3 * hop);
}

/** How far each frame's level lies from the usual, and how much more than usual it changes there, dB. */
function unusualness(frames: LogMelFrames): Float32Array {
  const level = new Float32Array(frames.count);
  const flux = new Float32Array(frames.count);
  const bands = frames.levels.length / frames.count;
  for (let i = 0; i < frames.count; i++) {
    let power = 0;
    for (let band = 0; band < bands; band++) power += 10 ** (frames.levels[i * bands + band] / 10);
    level[i] = 10 * Math.log10(power);
    flux[i] = i > 0 ? frames.distance(i, i - 1) : 0;
  }
  const usualLevel = median(level);
  const usualFlux = median(flux);
  return level.map((value, i) => Math.abs(value - usualLevel) + Math.max(0, flux[i] - usualFlux));
}

function median(values: Float32Array): number {
  return values.slice().sort()[values.length >> 1];
}

function bestApart(pairs: PlacePair[], count: number, distance: number): PlacePair[] {
  pairs.sort((a, b) => a.cost - b.cost || a.start - b.start || a.length - b.length);
  const best: PlacePair[] = [];
  for (const pair of pairs) {
    if (best.length === count) break;
    const near = best.some(
      (other) =>
        Math.abs(other.start - pair.start) < distance && Math.abs(other.length - pair.length) < distance,
    );
    if (!near) best.push(pair);
  }
  return best;
}

/**
 * Coarse half of the joint search: pairs of places a loop length apart that sound alike and are as loud as
 * what lies between them. All of it is predicted from log-mel frames and running energies, without closing
 * a single loop: the crossfade will lie between what was before `start` and what was before `start + length`.
 * Where the loop wraps does not matter here: it can be rotated (see `placeWrap`).
 */
import { log10, pow } from '../dsp/maths.ts';
import { addLaggedDistances } from './frame-distance.ts';
import type { LogMelFrames } from './log-mel.ts';
import type { PulseGuide } from './loop-pulse.ts';
import { withPredictions } from './predict-crossfades.ts';
import { SEAM_LIMITS } from './seam.ts';
import type { LoopBounds, StartCandidate, Surroundings } from './search.ts';

export interface StartFinder {
  readonly hop: number;
  /** The most promising starts for a crossfade of this length, best first. */
  best(fade: number, count: number): StartCandidate[];
}

/**
 * A mean difference of so many dB a mel band costs as much as two sides without any correlation. With half or twice of it as
 * many loops close, give or take two.
 */
const UNLIKE_DB = 6;
/**
 * From this share of a limit on, a predicted figure costs so much for each multiple of the limit. With no weight 18 fewer
 * loops close, with twice the weight three fewer; it hardly matters where it begins.
 */
const FREE_SHARE = 0.5;
const LIMIT_WEIGHT = 3;
/**
 * Starts lie at least so many hops apart (29 ms at 44.1 kHz), so that the few that are aligned are not all of one place:
 * between two of them the alignment finds the same lengths. At 1 two more close, with
 * seams 5 % worse in the mean; at 5 four fewer close.
 */
const HOPS_APART = 2.5;
/**
 * How much louder or softer bass, presence or treble may be in a fade than in the rest: twice the limit of the whole level, dB.
 * At half of it two fewer loops close; at twice, six more, whose figures do not tell how their colour changes.
 */
const BAND_LIMIT_DB = 3;

/** Looks over the surroundings of a loop once; asked again for every fade length. */
export function startFinder(surroundings: Surroundings, bounds: LoopBounds): StartFinder {
  const { frames, pulse } = surroundings;
  const { hop } = frames[0];
  const first = Math.ceil(bounds.firstStart / hop);
  const last = Math.floor(bounds.lastStart / hop);
  const lengths = Math.floor((bounds.longest - bounds.shortest) / hop) + 1;
  const origin = Math.max(0, first - Math.ceil(bounds.longestFade / hop));
  const unlike = likenessSums(frames, origin, last, bounds.shortest, lengths);
  return {
    hop,
    best(fade, count) {
      const before = Math.max(1, Math.ceil(fade / hop));
      const costs = new Float64Array(lengths);
      const starts: StartCandidate[] = [];
      withPredictions(surroundings, { shortest: bounds.shortest, lengths, fade }, (predicted) => {
        for (let i = Math.max(first, origin + before); i <= last; i++) {
          const start = Math.round(i * hop);
          costs.fill(0);
          addCosts(predicted.levels(start), SEAM_LIMITS.levelDb, costs);
          addCosts(predicted.colours(i), BAND_LIMIT_DB, costs);
          addUnlikeness(unlike, i + 1 - origin, before, costs);
          if (pulse && lengths > 1) excludeBrokenPulses(pulse, start, bounds, hop, costs);
          const lengthCosts = new Float32Array(costs);
          starts.push({ start, lengthCosts, cost: leastOf(lengthCosts) });
        }
      });
      return bestApart(starts, count, HOPS_APART * hop);
    },
  };
}

/** Lengths that hold no whole number of periods cost without end. */
function excludeBrokenPulses(
  pulse: PulseGuide,
  start: number,
  { shortest, longest }: LoopBounds,
  hop: number,
  costs: Float64Array,
): void {
  const whole = pulse.wholeLengths(start, shortest, longest);
  const most = Math.max(hop / 2, pulse.play);
  for (let k = 0; k < costs.length; k++) {
    const length = shortest + k * hop;
    if (whole.every((one) => Math.abs(one - length) > most)) costs[k] = Infinity;
  }
}

/**
 * How unlike the frames before a start are to those a loop later, for each length.
 * @param sums running ones, of each length, @param end place in them behind the start's own frame
 * @param before frames that are faded before it
 */
function addUnlikeness(
  sums: readonly Float64Array[],
  end: number,
  before: number,
  costs: Float64Array,
): void {
  for (let k = 0; k < sums.length; k++) {
    const difference = (sums[k][end] - sums[k][end - 1 - before]) / (before + 1);
    costs[k] += difference / UNLIKE_DB;
  }
}

function leastOf(values: Float32Array): number {
  let least = Infinity;
  for (let k = 0; k < values.length; k++) least = Math.min(least, values[k]);
  return least;
}

/** What powers cost that are further from another's than they should be. Most are not, and need no logarithm. */
function addCosts(ratios: Float64Array, limitDb: number, costs: Float64Array): void {
  const free = pow(10, (FREE_SHARE * limitDb) / 10);
  for (let k = 0; k < ratios.length; k++) {
    if (ratios[k] > free) costs[k] += LIMIT_WEIGHT * ((10 * log10(ratios[k])) / limitDb - FREE_SHARE);
  }
}

/**
 * Running sums from frame `origin` to `last`, for each length, of how unlike each frame is to the one a loop
 * length later (dB a band): the lead-ins of two places are then compared by one subtraction, whatever the fade.
 */
function likenessSums(
  frames: readonly LogMelFrames[],
  origin: number,
  last: number,
  shortest: number,
  lengths: number,
): Float64Array[] {
  const lag = Math.round(shortest / frames[0].hop);
  const sums = Array.from({ length: lengths }, () => new Float64Array(last - origin + 2));
  for (const channel of frames) addLaggedDistances(channel, origin, lag, sums);
  for (const running of sums) {
    for (let i = 1; i < running.length; i++) running[i] = running[i - 1] + running[i] / frames.length;
  }
  return sums;
}

/** Those that cost least, none nearer to a better one than so far; of equals the first. */
function bestApart(starts: readonly StartCandidate[], count: number, distance: number): StartCandidate[] {
  const best: StartCandidate[] = [];
  let left = starts;
  while (best.length < count && left.length > 0) {
    const next = left.reduce((least, one) => (one.cost < least.cost ? one : least));
    best.push(next);
    left = left.filter(({ start }) => Math.abs(start - next.start) >= distance);
  }
  return best;
}

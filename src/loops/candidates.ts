/**
 * Coarse half of the joint search: pairs of places a loop length apart that sound alike and are as loud as
 * what lies between them. All of it is foreseen from log-mel frames and running energies, without closing
 * a single loop: the crossfade will lie between what was before `start` and what was before `start + length`.
 * Where the loop wraps does not matter here: it can be turned (see `settleLoop`).
 */
import { worstBandDb } from './band-levels.ts';
import type { EnergyTrack } from './energy.ts';
import type { LogMelFrames } from './log-mel.ts';
import { levelWindow, SEAM_LIMITS } from './seam.ts';
import type { LoopBounds, StartCandidate, Surroundings } from './search.ts';

export interface LoopOutlook {
  readonly hop: number;
  /** The most promising starts for a crossfade of this length, best first. */
  candidates(fade: number, count: number): StartCandidate[];
}

/** A mean difference of so many dB a mel band costs as much as two sides without any correlation. */
const UNLIKE_DB = 6;
/** From this share of a seam limit on, a foreseen figure costs, and how steeply. */
const UNEASY = 0.5;
const UNEASY_WEIGHT = 3;
/** What bass, presence or treble may be louder or softer in a fade than in the rest without being noticed as a change, dB. */
const BAND_LIMIT_DB = 3;

/** Looks over the surroundings of a loop once; asked again for every fade length. */
export function loopOutlook(surroundings: Surroundings, bounds: LoopBounds): LoopOutlook {
  const { frames, energies } = surroundings;
  const { hop } = frames[0];
  const window = levelWindow(surroundings.sound.sampleRate);
  const first = Math.ceil(bounds.firstStart / hop);
  const last = Math.floor(bounds.lastStart / hop);
  const lengths = Math.floor((bounds.longest - bounds.shortest) / hop) + 1;
  const origin = Math.max(0, first - Math.ceil(bounds.longestFade / hop));
  const unlike = likenessSums(frames, origin, last, bounds.shortest, lengths);
  return {
    hop,
    candidates(fade, count) {
      const before = Math.max(1, Math.ceil(fade / hop));
      const starts: StartCandidate[] = [];
      for (let i = Math.max(first, origin + before); i <= last; i++) {
        const start = Math.round(i * hop);
        const lengthCosts = new Float32Array(lengths);
        let cost = Infinity;
        for (let k = 0; k < lengths; k++) {
          const length = bounds.shortest + Math.round(k * hop);
          const level = levelCost(energies, start, length, fade, window);
          const difference = (unlike[k][i + 1 - origin] - unlike[k][i - before - origin]) / (before + 1);
          const colour = colourCost(surroundings, i, Math.round((start + length) / hop), before);
          lengthCosts[k] = level + colour + difference / UNLIKE_DB;
          cost = Math.min(cost, lengthCosts[k]);
        }
        starts.push({ start, lengthCosts, cost });
      }
      return bestApart(starts, count, 2.5 * hop);
    },
  };
}

/** Level at the middle of the crossfade and over all of it against the body, as `measureSeam` will see it. */
function levelCost(
  energies: EnergyTrack,
  start: number,
  length: number,
  fade: number,
  window: number,
): number {
  let worst = 0;
  const middle = (fade >> 1) + (window >> 1);
  const mean = (channel: number, before: number, count: number) =>
    (energies.meanSquare(channel, start - before, count) +
      energies.meanSquare(channel, start + length - before, count)) /
    2;
  for (let c = 0; c < energies.channelCount; c++) {
    const body = energies.meanSquare(c, start, length - fade) || Number.MIN_VALUE;
    worst = Math.max(worst, ratioDb(mean(c, middle, window), body), ratioDb(mean(c, fade, fade), body));
  }
  return UNEASY_WEIGHT * Math.max(0, worst / SEAM_LIMITS.levelDb - UNEASY);
}

/** Bass, presence and treble over the crossfade against the body's, foreseen as if its sides were unrelated. */
function colourCost({ bands }: Surroundings, start: number, end: number, fade: number): number {
  let worst = 0;
  for (const { power } of bands) {
    const blended = (band: number) =>
      (power(band, start - fade, start) + power(band, end - fade, end)) / (2 * fade);
    const body = (band: number) => power(band, start, end - fade) / Math.max(1, end - fade - start);
    worst = Math.max(worst, worstBandDb(blended, body));
  }
  return UNEASY_WEIGHT * Math.max(0, worst / BAND_LIMIT_DB - UNEASY);
}

function ratioDb(a: number, b: number): number {
  return Math.abs(10 * Math.log10(Math.max(a, Number.MIN_VALUE) / b));
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
  const { hop, count } = frames[0];
  return Array.from({ length: lengths }, (_, k) => {
    const lag = Math.round(shortest / hop + k);
    const sums = new Float64Array(last - origin + 2);
    for (let i = origin; i <= last; i++) {
      let difference = 0;
      for (const channel of frames) difference += channel.distance(i, Math.min(count - 1, i + lag));
      sums[i - origin + 1] = sums[i - origin] + difference / frames.length;
    }
    return sums;
  });
}

function bestApart(starts: StartCandidate[], count: number, distance: number): StartCandidate[] {
  starts.sort((a, b) => a.cost - b.cost || a.start - b.start);
  const best: StartCandidate[] = [];
  for (const candidate of starts) {
    if (best.length === count) break;
    if (best.every((other) => Math.abs(other.start - candidate.start) >= distance)) best.push(candidate);
  }
  return best;
}

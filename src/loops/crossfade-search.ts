/** The search for the crossfade that closes a loop: which candidates are measured, and when it is enough. */
import { risingCurve } from './crossfade.ts';
import {
  type CrossfadeCandidate,
  crossfadeCandidates,
  isRejected,
  type MeasuredCrossfade,
  measureCrossfade,
  type SearchWorkspace,
} from './crossfade-candidates.ts';
import type { LoopBounds } from './search.ts';
import type { SearchEnd, SearchRecorder } from './search-record.ts';

/**
 * Candidates that are measured: of each fade length, then of all lengths together. With 2 a length 124 loops close instead of
 * 128, and 100 instead of 102 are an A, for 3 % less time; how many in all is set by hand.
 */
const MEASURED_PER_FADE = 4;
const MEASURED_IN_ALL = 18;
/**
 * Total penalty that ends the search at once: within the target, and among the music. It is there to spare time, and set by
 * hand.
 */
const GOOD_PENALTY = 2.5;
/**
 * Where the two most promising crossfades of a length are both worse than this, the others of that length are not
 * measured: of 51 searches in which any might have been, none found a loop among them.
 */
const GIVE_UP_PENALTY = 3;

/** A crossfade whose every figure lies so far from the median of stretches as long is one of them. */
const AMONG = 1;

/** What may be asked of a candidate beyond its sound. */
export type Allows = (start: number, length: number, fade: number) => boolean;

/** The crossfades that were measured and not refused, best first. @param shortestFade frames */
export function searchCrossfades(
  workspace: SearchWorkspace,
  bounds: LoopBounds,
  shortestFade: number,
  allows: Allows,
  recorder: SearchRecorder | null,
): MeasuredCrossfade[] {
  const measured: MeasuredCrossfade[] = [];
  const waiting: CrossfadeCandidate[] = [];
  const measure = (candidate: CrossfadeCandidate) => {
    const result = measureCrossfade(workspace, candidate);
    measured.push(result);
    recorder?.measured(result);
    return result;
  };
  for (const fade of fadeLengths(shortestFade, bounds.longestFade)) {
    const candidates = allowedCandidates(workspace, bounds, fade, allows, recorder);
    const first = candidates.splice(0, MEASURED_PER_FADE).map(measure);
    if (hasGoodMatch(measured)) break;
    if (first.some(({ penalty }) => penalty <= GIVE_UP_PENALTY)) waiting.push(...candidates);
  }
  waiting.sort(byExpectedCost);
  while (!hasOneWithinTarget(measured) && waiting.length > 0 && measured.length < MEASURED_IN_ALL) {
    measure(waiting.shift()!);
  }
  recorder?.ended(endOf(measured, waiting));
  return measured
    .filter((crossfade) => !isRejected(crossfade))
    .sort((a, b) => a.totalPenalty - b.totalPenalty);
}

/** The candidates of a fade length that are allowed, the most promising first. */
function allowedCandidates(
  workspace: SearchWorkspace,
  bounds: LoopBounds,
  fade: number,
  allows: Allows,
  recorder: SearchRecorder | null,
): CrossfadeCandidate[] {
  const candidates = crossfadeCandidates(workspace, bounds, risingCurve(fade));
  const allowed = candidates.filter(({ start, length }) => allows(start, length, fade));
  recorder?.considered(candidates, allowed);
  return allowed.sort(byExpectedCost);
}

function byExpectedCost(a: CrossfadeCandidate, b: CrossfadeCandidate): number {
  return a.expectedCost - b.expectedCost;
}

function hasOneWithinTarget(measured: readonly MeasuredCrossfade[]): boolean {
  return measured.some(({ penalty, standing }) => penalty <= 1 && standing.most <= AMONG);
}

function hasGoodMatch(measured: readonly MeasuredCrossfade[]): boolean {
  return measured.some(
    ({ penalty, totalPenalty, standing }) =>
      penalty <= 1 && standing.most <= AMONG && totalPenalty <= GOOD_PENALTY,
  );
}

function endOf(measured: readonly MeasuredCrossfade[], waiting: readonly CrossfadeCandidate[]): SearchEnd {
  if (hasGoodMatch(measured)) return 'good-match';
  if (hasOneWithinTarget(measured)) return 'within-target';
  return waiting.length > 0 ? 'enough-measured' : 'all-measured';
}

/** The asked fade, then three times as long each, and at last the longest. */
function fadeLengths(fade: number, longest: number): number[] {
  const lengths = [Math.min(fade, longest)];
  for (let next = 3 * lengths[0]; next < longest; next *= 3) lengths.push(next);
  if (longest > lengths[0]) lengths.push(longest);
  return lengths;
}

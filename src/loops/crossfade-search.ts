/** The search for the crossfade that closes a loop: which candidates are measured, and when it is enough. */
import { risingCurve } from './crossfade.ts';
import {
  type CrossfadeCandidate,
  crossfadeCandidates,
  type SearchWorkspace,
} from './crossfade-candidates.ts';
import { GIVE_UP_PENALTY, type MeasuredCrossfade, measureCrossfade } from './measure-crossfade.ts';
import type { LoopBounds } from './search.ts';
import type { SearchEnd, SearchRecorder } from './search-record.ts';
import { Shortlist } from './shortlist.ts';

/**
 * Candidates that are measured: of each fade length, then of all lengths together. With 2 a length 124 loops close instead of
 * 128, and 100 instead of 102 are an A, for 3 % less time; how many in all is set by hand.
 */
const MEASURED_PER_FADE = 4;
const MEASURED_IN_ALL = 18;
/** Penalty up to which a crossfade may be within the target. */
const WITHIN_TARGET = 1;
/** What may be asked of a candidate beyond its sound. */
export type Allows = (start: number, length: number, fade: number) => boolean;

/** The best few crossfades that were measured and not refused, best first. @param shortestFade frames */
export function searchCrossfades(
  workspace: SearchWorkspace,
  bounds: LoopBounds,
  shortestFade: number,
  allows: Allows,
  recorder: SearchRecorder | null,
): readonly MeasuredCrossfade[] {
  const shortlist = new Shortlist();
  const waiting: CrossfadeCandidate[] = [];
  const measure = (candidate: CrossfadeCandidate, mostAsked: number) => {
    // Whoever wants to see the search is told all figures.
    const result = measureCrossfade(workspace, candidate, recorder ? Infinity : shortlist.most, mostAsked);
    shortlist.add(result);
    recorder?.measured(result);
    return result.penalty;
  };
  for (const fade of fadeLengths(shortestFade, bounds.longestFade)) {
    const candidates = allowedCandidates(workspace, bounds, fade, allows, recorder);
    let isPromising = false;
    for (const candidate of candidates.splice(0, MEASURED_PER_FADE)) {
      const penalty = measure(candidate, isPromising ? WITHIN_TARGET : GIVE_UP_PENALTY);
      if (penalty <= GIVE_UP_PENALTY) isPromising = true;
    }
    if (shortlist.isGood) break;
    if (isPromising) waiting.push(...candidates);
  }
  waiting.sort(byExpectedCost);
  while (!shortlist.isWithinTarget && waiting.length > 0 && shortlist.measured < MEASURED_IN_ALL) {
    measure(waiting.shift()!, WITHIN_TARGET);
  }
  recorder?.ended(endOf(shortlist, waiting));
  return shortlist.best;
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

function endOf(shortlist: Shortlist, waiting: readonly CrossfadeCandidate[]): SearchEnd {
  if (shortlist.isGood) return 'good-match';
  if (shortlist.isWithinTarget) return 'within-target';
  return waiting.length > 0 ? 'enough-measured' : 'all-measured';
}

/** The asked fade, then three times as long each, and at last the longest. */
function fadeLengths(fade: number, longest: number): number[] {
  const lengths = [Math.min(fade, longest)];
  for (let next = 3 * lengths[0]; next < longest; next *= 3) lengths.push(next);
  if (longest > lengths[0]) lengths.push(longest);
  return lengths;
}

/** What a search for a loop looked at, and why it chose as it did: kept by the search itself, where somebody asks. */
import type { CrossfadeCandidate } from './crossfade-candidates.ts';
import type { BlendFigures, MeasuredCrossfade } from './measure-crossfade.ts';
import type { Seam } from './seam.ts';

/**
 * Why no more candidates were measured: one was within the target and its sides alike; one was within the target; as
 * many as a search may measure were; or there were no more.
 */
export type SearchEnd = 'good-match' | 'within-target' | 'enough-measured' | 'all-measured';

/** A place, length and fade that a search looked at. */
export interface LoopCandidate {
  /** Where in the source the loop would begin, seconds. */
  readonly startSec: number;
  /** Of the loop as it plays, seconds. */
  readonly lengthSec: number;
  /** Of the crossfade, seconds. */
  readonly fadeSec: number;
  /** What its two places differ by: level, colour, timbre, and the correlation missing from 1. */
  readonly matchCost: number;
  /** Level in the middle of the crossfade against the body's, estimated, dB. */
  readonly middleDb: number;
  /** Both together: the least are measured first. */
  readonly expectedCost: number;
  /** Whether a loop may lie there: not over an attack, nor where the music moves. */
  readonly isAllowed: boolean;
  /** Null where it was not measured. */
  readonly measured: BlendFigures | null;
  /** The seam of the finished loop; null where none was made of it. */
  readonly seam: Seam | null;
  readonly isChosen: boolean;
}

/** One search, candidates in the order in which they were looked at. */
export interface LoopSearch {
  readonly ended: SearchEnd;
  readonly candidates: readonly LoopCandidate[];
}

/** Takes down a search. */
export class SearchRecorder {
  readonly #sampleRate: number;
  readonly #sourceSecOf: (start: number) => number;
  readonly #candidates = new Map<string, LoopCandidate>();
  #ended: SearchEnd = 'all-measured';

  /** @param sourceSecOf where in the source a frame of the searched sound lies, seconds */
  constructor(sampleRate: number, sourceSecOf: (start: number) => number) {
    this.#sampleRate = sampleRate;
    this.#sourceSecOf = sourceSecOf;
  }

  considered(candidates: readonly CrossfadeCandidate[], allowed: readonly CrossfadeCandidate[]): void {
    for (const candidate of candidates) {
      const { start, length, rising, cost, middleDb, expectedCost } = candidate;
      this.#candidates.set(keyOf(candidate), {
        startSec: this.#sourceSecOf(start),
        lengthSec: length / this.#sampleRate,
        fadeSec: rising.length / this.#sampleRate,
        matchCost: cost,
        middleDb,
        expectedCost,
        isAllowed: allowed.includes(candidate),
        measured: null,
        seam: null,
        isChosen: false,
      });
    }
  }

  measured(crossfade: MeasuredCrossfade): void {
    const { levelDb, flux, bandDb, correlation, standing, penalty, totalPenalty } = crossfade;
    this.#change(crossfade, {
      measured: { levelDb, flux, bandDb, correlation, standing, penalty, totalPenalty },
    });
  }

  ended(end: SearchEnd): void {
    this.#ended = end;
  }

  closed(crossfade: CrossfadeCandidate, seam: Seam): void {
    this.#change(crossfade, { seam });
  }

  /** @param chosen the crossfade of the loop that was kept */
  record(chosen: CrossfadeCandidate): LoopSearch {
    this.#change(chosen, { isChosen: true });
    return { ended: this.#ended, candidates: [...this.#candidates.values()] };
  }

  #change(crossfade: CrossfadeCandidate, change: Partial<LoopCandidate>): void {
    const key = keyOf(crossfade);
    this.#candidates.set(key, { ...this.#candidates.get(key)!, ...change });
  }
}

/** Two starts may lead to the same place: then it is one candidate. */
function keyOf({ start, length, rising }: CrossfadeCandidate): string {
  return `${start} ${length} ${rising.length}`;
}

/**
 * Choosing what is good and unlike what is taken already: maximal marginal relevance (J. Carbonell,
 * J. Goldstein, "The use of MMR", SIGIR 1998).
 */
import { exp } from '../dsp/maths.ts';

/**
 * What something is worth beside what is taken.
 * @param score how good it is, 0 to 1
 * @param likeness to what it resembles most of all that is taken, 0 to 1
 * @param novelty what being unlike weighs beside being good, 0 to 1
 */
export function marginalRelevance(score: number, likeness: number, novelty: number): number {
  return (1 - novelty) * score - novelty * likeness;
}

/** 1 for the same, falling to 1/e at `reach`. @param distance 0 or more, in the unit of `reach` */
export function likenessAt(distance: number, reach: number): number {
  return exp(-distance / reach);
}

/** The candidate that is worth most, the first of equals; null where there is none. */
export function mostWorth<Candidate>(
  candidates: Iterable<Candidate>,
  worthOf: (candidate: Candidate) => number,
): Candidate | null {
  let best: Candidate | null = null;
  let highest = -Infinity;
  for (const candidate of candidates) {
    const worth = worthOf(candidate);
    if (worth > highest) {
      highest = worth;
      best = candidate;
    }
  }
  return best;
}

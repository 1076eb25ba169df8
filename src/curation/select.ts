/**
 * The best and most varied of a family: near-copies stand back behind the best of them, then maximal marginal
 * relevance decides, one after the other, and every origin has its places.
 */
import { likenessAt, marginalRelevance, mostWorth } from '../analysis/marginal-relevance.ts';
import { pow } from '../dsp/maths.ts';
import { embeddingDistance } from './embedding.ts';

export interface Candidate {
  /** What tells candidates apart, and settles ties. */
  readonly path: string;
  /** 0 to 1. */
  readonly quality: number;
  readonly embedding: Float32Array;
  /** Taken whatever else there is, before all others. */
  readonly keep: boolean;
  /** One event or a swell comes back with every round of it: it is taken where nothing else is left. */
  readonly recurs: boolean;
  /** What it is by name, so that there is something of each; empty where there are no kinds. */
  readonly kind: string;
  /** In which way it came about: each has its places, where it has anything good. */
  readonly origin: string;
}

/** The chosen one that something is nearest to. */
export interface Nearest {
  readonly path: string;
  /** {@link embeddingDistance}. */
  readonly distance: number;
}

interface Choice<Of extends Candidate> {
  readonly candidate: Of;
  /** Among those chosen before it; null for the first. */
  readonly nearest: Nearest | null;
}

interface NotSelected<Of extends Candidate> {
  readonly candidate: Of;
  /** It all but sounds like another that is better, or there were better or more novel ones. */
  readonly why: 'near-copy' | 'outdone';
  /** The better one, chosen or not; or the nearest of those chosen. */
  readonly nearest: Nearest | null;
}

export interface FamilySelection<Of extends Candidate> {
  /** Best first. */
  readonly chosen: readonly Choice<Of>[];
  /** Best first. */
  readonly notSelected: readonly NotSelected<Of>[];
}

/**
 * Textures nearer to each other than this are copies of one another. Measured on two archives (`npm run bench:curation`): of
 * altered copies 99 % lie nearer; of pairs of textures of different sources 1 in 800, and 1 in 10,000, all of them
 * loops of steady hiss.
 */
export const COPY_DISTANCE = 0.4;
/**
 * What novelty weighs beside quality, 0 to 1. Of the test archive's 75 chosen, the one that each is nearest to lies 2.76 away
 * in the mean, at a quality of 0.825; at 0.3 that is 2.34 and 0.847, at 0.8 2.89 and 0.811, and by quality alone 1.57 and 0.859.
 */
const NOVELTY = 0.6;
/**
 * What each one taken of a kind leaves of the unlikeness of the others of it: two kicks are kicks, however unlike.
 * With 0.3 or 1 all but one of the 75 are the same.
 */
const LEFT_BY_ONE_OF_A_KIND = 0.6;
/** Distance at which likeness falls to 1/e, in median distances: two of usual distance are alike by 0.6. */
const MEDIANS_TO_REACH = 2;
/**
 * Quality from which on something is good enough for a place of its origin's own. Of eight pads mined from five songs the
 * six graded A have it (0.59 to 0.79), the two graded B do not (0.37, 0.57); three quarters of the pad loops beside them do.
 */
const GOOD = 0.58;

/** What recurs stands behind all that does not, whatever its worth, and what is kept before both. */
const KEPT = 4;
const RECURS = -2;

/**
 * @param candidates of one family, in any order
 * @param count how many are wanted; those to keep are taken even where they are more
 */
export function selectVaried<Of extends Candidate>(
  candidates: readonly Of[],
  count: number,
): FamilySelection<Of> {
  const { originals, copies } = withoutCopies(candidates);
  const reach = MEDIANS_TO_REACH * medianDistance(originals);
  const left = new Map<Of, Nearest | null>(originals.map((candidate) => [candidate, null]));
  const chosen: Choice<Of>[] = [];
  const origins = [...new Set(originals.map(({ origin }) => origin))].sort();
  const taken = new Map<string, number>();
  const worthOf = (candidate: Of) => {
    const nearest = left.get(candidate);
    const unlikeness = nearest ? 1 - likenessAt(nearest.distance, reach) : 1;
    const likeness = 1 - unlikeness * pow(LEFT_BY_ONE_OF_A_KIND, taken.get(candidate.kind) ?? 0);
    const rank = candidate.keep ? KEPT : candidate.recurs ? RECURS : 0;
    return rank + marginalRelevance(candidate.quality, likeness, NOVELTY);
  };
  while (left.size > 0) {
    const due = dueOrigin([...left.keys()], chosen, origins);
    const eligible =
      due === null ? [...left.keys()] : [...left.keys()].filter((one) => isGoodOf(one, due) || one.keep);
    const candidate = mostWorth(eligible, worthOf) as Of;
    if (chosen.length >= count && !candidate.keep) break;
    chosen.push({ candidate, nearest: left.get(candidate) ?? null });
    left.delete(candidate);
    if (candidate.kind !== '') taken.set(candidate.kind, (taken.get(candidate.kind) ?? 0) + 1);
    for (const [other, nearest] of left) {
      const distance = embeddingDistance(other.embedding, candidate.embedding);
      if (!nearest || distance < nearest.distance) left.set(other, { path: candidate.path, distance });
    }
  }
  const outdone = [...left].map(
    ([candidate, nearest]): NotSelected<Of> => ({ candidate, why: 'outdone', nearest }),
  );
  const notSelected = [...copies, ...outdone].sort((a, b) => byMerit(a.candidate, b.candidate));
  return { chosen, notSelected };
}

/**
 * The origin whose turn it is: of n, each has one place in n + 1 of its own, all along the ranks, and the rest is free to all.
 * Null where no origin is behind, or none that is has anything good left.
 */
function dueOrigin(
  left: readonly Candidate[],
  chosen: readonly Choice<Candidate>[],
  origins: readonly string[],
): string | null {
  const places = Math.floor((chosen.length + 1) / (origins.length + 1));
  const isBehind = (origin: string) =>
    chosen.filter(({ candidate }) => candidate.origin === origin).length < places;
  return origins.find((origin) => isBehind(origin) && left.some((one) => isGoodOf(one, origin))) ?? null;
}

function isGoodOf({ origin, quality, recurs }: Candidate, wanted: string): boolean {
  return origin === wanted && quality >= GOOD && !recurs;
}

/** Each candidate that is a near-copy of a better one stands back; those to keep never do. */
function withoutCopies<Of extends Candidate>(candidates: readonly Of[]) {
  const originals: Of[] = [];
  const copies: NotSelected<Of>[] = [];
  for (const candidate of [...candidates].sort(byMerit)) {
    const nearest = candidate.keep ? null : nearestOf(candidate, originals);
    if (nearest && nearest.distance < COPY_DISTANCE) copies.push({ candidate, why: 'near-copy', nearest });
    else originals.push(candidate);
  }
  return { originals, copies };
}

function nearestOf(candidate: Candidate, others: readonly Candidate[]): Nearest | null {
  let nearest: Nearest | null = null;
  for (const { path, embedding } of others) {
    const distance = embeddingDistance(candidate.embedding, embedding);
    if (!nearest || distance < nearest.distance) nearest = { path, distance };
  }
  return nearest;
}

/** Those to keep first and those that recur last, then by quality, then by path. */
function byMerit(a: Candidate, b: Candidate): number {
  return (
    Number(b.keep) - Number(a.keep) ||
    Number(a.recurs) - Number(b.recurs) ||
    b.quality - a.quality ||
    (a.path < b.path ? -1 : 1)
  );
}

/** Candidates whose distances are compared: their thousand pairs tell a median. */
const COMPARED = 45;

/** How far apart two of them usually lie: what counts as far depends on the archive. */
function medianDistance(candidates: readonly Candidate[]): number {
  const distances: number[] = [];
  const stride = Math.max(1, Math.floor(candidates.length / COMPARED));
  for (let i = 0; i < candidates.length; i += stride) {
    for (let j = i + stride; j < candidates.length; j += stride) {
      distances.push(embeddingDistance(candidates[i].embedding, candidates[j].embedding));
    }
  }
  distances.sort((a, b) => a - b);
  return distances.length === 0 ? 1 : Math.max(COPY_DISTANCE, distances[distances.length >> 1]);
}

/**
 * The best and most varied of a family: near-copies stand back behind the best of them, then maximal marginal
 * relevance decides, one after the other, and every origin has its places.
 */
import { likenessAt, marginalRelevance, mostWorth } from '../analysis/marginal-relevance.ts';
import { pow } from '../dsp/maths.ts';
import { distanceWithin, embeddingDistance } from './embedding.ts';
import { createNearIndex } from './near-index.ts';

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
  const left = new Set(
    originals.map((candidate) => ({ candidate, nearest: null, unlikeness: 1 }) as Left<Of>),
  );
  const reach = MEDIANS_TO_REACH * medianDistance(originals);
  const chosen: Choice<Of>[] = [];
  const origins = originsOf(originals);
  const taken = new Map<string, number>();
  const worthOf = ({ candidate, unlikeness }: Left<Of>) => {
    const likeness = 1 - unlikeness * pow(LEFT_BY_ONE_OF_A_KIND, taken.get(candidate.kind) ?? 0);
    const rank = candidate.keep ? KEPT : candidate.recurs ? RECURS : 0;
    return rank + marginalRelevance(candidate.quality, likeness, NOVELTY);
  };
  while (left.size > 0) {
    const due = dueOrigin(origins, chosen.length);
    const one = mostWorth(eligible(left, due), worthOf)!;
    const { candidate, nearest } = one;
    if (chosen.length >= count && !candidate.keep) break;
    chosen.push({ candidate, nearest });
    left.delete(one);
    noteTaken(origins, candidate);
    if (candidate.kind !== '') taken.set(candidate.kind, (taken.get(candidate.kind) ?? 0) + 1);
    bringNearer(left, candidate, reach);
  }
  const outdone = [...left].map(
    ({ candidate, nearest }): NotSelected<Of> => ({ candidate, why: 'outdone', nearest }),
  );
  const notSelected = [...copies, ...outdone].sort((a, b) => byMerit(a.candidate, b.candidate));
  return { chosen, notSelected };
}

/** One that is not chosen yet. */
interface Left<Of extends Candidate> {
  readonly candidate: Of;
  /** Of those chosen. */
  nearest: Nearest | null;
  /** To that one, 0 to 1. */
  unlikeness: number;
}

/** One more is chosen, which may be the nearest to some. */
function bringNearer(left: Iterable<Left<Candidate>>, { path, embedding }: Candidate, reach: number): void {
  for (const one of left) {
    const most = one.nearest?.distance ?? Infinity;
    const distance = distanceWithin(one.candidate.embedding, embedding, most);
    if (distance >= most) continue;
    one.nearest = { path, distance };
    one.unlikeness = 1 - likenessAt(distance, reach);
  }
}

/** What is of one origin. */
interface Origin {
  readonly name: string;
  chosen: number;
  /** Good ones that are not chosen yet. */
  good: number;
}

function originsOf(candidates: readonly Candidate[]): Origin[] {
  const names = [...new Set(candidates.map(({ origin }) => origin))].sort();
  const origins = new Map(names.map((name) => [name, { name, chosen: 0, good: 0 }]));
  for (const candidate of candidates) if (isGood(candidate)) origins.get(candidate.origin)!.good++;
  return [...origins.values()];
}

function noteTaken(origins: readonly Origin[], candidate: Candidate): void {
  const origin = origins.find(({ name }) => name === candidate.origin)!;
  origin.chosen++;
  if (isGood(candidate)) origin.good--;
}

/**
 * The origin whose turn it is: of n, each has one place in n + 1 of its own, all along the ranks, and the rest is free to all.
 * Null where no origin is behind, or none that is has anything good left.
 */
function dueOrigin(origins: readonly Origin[], chosen: number): string | null {
  const places = Math.floor((chosen + 1) / (origins.length + 1));
  return origins.find((origin) => origin.chosen < places && origin.good > 0)?.name ?? null;
}

function* eligible<Of extends Candidate>(left: Iterable<Left<Of>>, due: string | null): Generator<Left<Of>> {
  for (const one of left) {
    const { candidate } = one;
    if (due === null || candidate.keep || (candidate.origin === due && isGood(candidate))) yield one;
  }
}

function isGood({ quality, recurs }: Candidate): boolean {
  return quality >= GOOD && !recurs;
}

/** Each candidate that is a near-copy of a better one stands back; those to keep never do. */
function withoutCopies<Of extends Candidate>(candidates: readonly Of[]) {
  const originals: Of[] = [];
  const copies: NotSelected<Of>[] = [];
  const index = createNearIndex(
    candidates.map(({ embedding }) => embedding),
    COPY_DISTANCE,
  );
  for (const candidate of [...candidates].sort(byMerit)) {
    const found = candidate.keep ? null : index.nearest(candidate.embedding);
    if (found) {
      const nearest = { path: originals[found.number].path, distance: found.distance };
      copies.push({ candidate, why: 'near-copy', nearest });
      continue;
    }
    index.add(originals.length, candidate.embedding);
    originals.push(candidate);
  }
  return { originals, copies };
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

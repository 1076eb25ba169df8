import type { FamilyId } from '../families/family.ts';
import { groupedBy, inTurn } from '../groups.ts';
import type { NameFacts } from './device-names.ts';
import type { SoundFacts } from './shape.ts';

/** A texture that may become a sample of a kit, as far as the choice and its name depend on it. */
export interface Candidate extends SoundFacts, NameFacts {
  /** What tells it apart. */
  readonly path: string;
  readonly durationSec: number;
  readonly loops: boolean;
  /** A, B or F. */
  readonly grade: string;
}

/**
 * A fair choice where nobody chose: all of grade A, then all of B, none of F; each taken in turn from another family,
 * and within a family from another source.
 * @returns best first
 */
export function fairOrder<T extends Candidate>(candidates: readonly T[]): T[] {
  return ['A', 'B'].flatMap((grade) => {
    const graded = candidates.filter((candidate) => candidate.grade === grade);
    const families = [...groupedBy(graded, ({ family }) => family).values()];
    return inTurn(families.map((family) => inTurn([...groupedBy(family, ({ source }) => source).values()])));
  });
}

/** The families of a kit in their order, each with what is to be of its textures as it comes. */
export function byFamily<S extends { readonly texture: Candidate }>(
  slots: readonly S[],
  families: readonly FamilyId[],
): S[] {
  return families.flatMap((family) => slots.filter(({ texture }) => texture.family === family));
}

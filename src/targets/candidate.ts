import { groupedBy, inTurn } from '../groups.ts';
import type { NameFacts } from './device-names.ts';
import type { SoundFacts } from './shape.ts';

/** A texture that may become a sample of a kit, as far as the choice and its name depend on it. */
export interface Candidate extends SoundFacts, NameFacts {
  /** What tells it apart. */
  readonly path: string;
  readonly durationSec: number;
  readonly loops: boolean;
  /** Of its source, as the manifest has it: `A min`, or empty. */
  readonly key: string;
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

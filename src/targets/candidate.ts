import { groupedBy, inTurn } from '../groups.ts';
import type { NameFacts } from './device-names.ts';
import type { Profile } from './profile.ts';
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

/** A bar of four beats at 60 BPM, s: what lasts so long may be struck anew at each bar, and never falls silent. */
const LONG_ENOUGH_SEC = 4;

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

/**
 * What suits a device, best first: every other place goes to the families that it favours, as long as there are any; where
 * it is doubtful whether it loops, what would soon fall silent comes last.
 * @param ranked best first
 */
export function suiting<T extends Candidate>(
  ranked: readonly T[],
  { favours, loops }: Pick<Profile, 'favours' | 'loops'>,
): T[] {
  const lasts = ({ loops: needsLoop, durationSec }: Candidate) =>
    !needsLoop || durationSec >= LONG_ENOUGH_SEC;
  const [lasting, short] = loops.value === 'doubtful' ? parted(ranked, lasts) : [ranked, []];
  const isFavoured = ({ family }: Candidate) => favours.value?.includes(family) ?? false;
  return [lasting, short].flatMap((part) => inTurn(parted(part, isFavoured)));
}

/** Those that are so, and those that are not, each in their order. */
function parted<T>(items: readonly T[], isSo: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isSo), items.filter((item) => !isSo(item))];
}

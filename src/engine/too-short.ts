import type { Analysis } from '../analysis/analysis.ts';
import type { Settings } from '../config/settings.ts';
import { type MakerDefinition, SHORTEST_SEC } from '../families/family.ts';

/** A source that is shorter than a maker takes. */
export interface TooShort {
  readonly code: 'too-short';
  readonly milliseconds: number;
  /** What the maker takes at least. */
  readonly leastMs: number;
}

/** Why a source is too short for a maker, or null. */
export function tooShort(
  { frameCount, sampleRate }: Pick<Analysis, 'frameCount' | 'sampleRate'>,
  maker: MakerDefinition<Settings>,
): TooShort | null {
  const least = (maker.input === 'source' && maker.leastSec) || SHORTEST_SEC;
  if (frameCount >= least * sampleRate) return null;
  return { code: 'too-short', milliseconds: (1000 * frameCount) / sampleRate, leastMs: 1000 * least };
}

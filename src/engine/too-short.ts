import type { Analysis } from '../analysis/analysis.ts';
import type { Settings } from '../config/settings.ts';
import { type MakerDefinition, SHORTEST_SEC } from '../families/family.ts';

/** Why a source is too short for a maker, or null. */
export function tooShort(
  { frameCount, sampleRate }: Pick<Analysis, 'frameCount' | 'sampleRate'>,
  maker: MakerDefinition<Settings>,
): string | null {
  const least = (maker.input === 'source' && maker.leastSec) || SHORTEST_SEC;
  if (frameCount >= least * sampleRate) return null;
  const milliseconds = Number(((1000 * frameCount) / sampleRate).toPrecision(2));
  return `it is only ${milliseconds} ms long, too short to work with; take a longer piece`;
}

import type { Analysis } from '../analysis/analysis.ts';
import type { Making } from './phases.ts';

/** Shorter than this there is nothing to hold: the shortest grain, by default. */
const SHORTEST_SEC = 0.05;
/** What is struck may be as short as a click: 10 ms, as people measure them. */
const SHORTEST_HIT_SEC = 0.0095;

/** A source with nothing in it to hold. */
export interface TooShort {
  readonly code: 'too-short';
  readonly milliseconds: number;
}

/** Why a source is too short for a making, or null. */
export function tooShort(
  { frameCount, sampleRate }: Pick<Analysis, 'frameCount' | 'sampleRate'>,
  making: Making,
): TooShort | null {
  if (frameCount >= (making === 'drums' ? SHORTEST_HIT_SEC : SHORTEST_SEC) * sampleRate) return null;
  return { code: 'too-short', milliseconds: (1000 * frameCount) / sampleRate };
}

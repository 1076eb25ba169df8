/** In which way a kit levels a sound. */
import type { Families } from '../config/settings.ts';
import { familyOf } from '../families/lookup.ts';
import type { Candidate } from './candidate.ts';

/**
 * `alike`: by loudness, near all the others; `apart`: by loudness, whatever the others are; `peak`: by true peak; `own`: it
 * keeps its level, unless one is asked for.
 */
export type LevelWay = 'alike' | 'apart' | 'peak' | 'own';

/**
 * What is struck is levelled by its peak. A piece cut out as it was, such as a flicker, is so short and spiky that it would make
 * all of a kit softer, so it has a level of its own.
 */
export function levelWay(
  { family, loops }: Pick<Candidate, 'family' | 'loops'>,
  families: Families,
): LevelWay {
  const { kitLevel, cutWord } = familyOf(family, families);
  if (kitLevel !== undefined) return kitLevel;
  return !loops && cutWord !== undefined ? 'apart' : 'alike';
}

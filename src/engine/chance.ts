import { Random } from '../dsp/random.ts';
import type { Chance } from '../families/texture.ts';
import type { Making } from './phases.ts';

/**
 * Where all chance of a making comes from.
 * @param content SHA-256 of what it is made from; empty where that is nothing
 */
export function chanceOf(seed: number, content: string, making: Making): Chance {
  return (...words) => new Random(seed, content, making, ...words);
}

import { Random } from '../dsp/random.ts';
import type { MakerId } from '../families/family.ts';
import type { RandomFor } from '../families/texture.ts';

/**
 * Where all random numbers of a maker's work on a source come from.
 * @param content SHA-256 of what it is made from; empty where that is nothing
 */
export function randomFor(seed: number, content: string, makerId: MakerId): RandomFor {
  return (...words) => new Random(seed, content, makerId, ...words);
}

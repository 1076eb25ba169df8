/** Hits that are wanted again, by where they were cut out. */
import type { Material } from '../texture.ts';
import { type DrumHit, leadOf } from './cut.ts';
import type { DrumSettings } from './settings.ts';

/**
 * Which hits stand under which numbers, where all that are wanted still lie where they did: then nothing need be chosen
 * anew. Choosing holds every hit against the others, which for 1,600 hits of noise takes as long as all else that making
 * one again takes.
 *
 * @param hits loud and long enough, as they are played
 * @returns up to the last that is wanted, null in place of the others; null where none are wanted by place, one is not found there,
 *   or a number is none that a hit could have
 */
export function placedHits(
  { reader: { sampleRate }, wants }: Material,
  hits: readonly DrumHit[],
  { fade_in_ms }: DrumSettings['drum_miner'],
): readonly (DrumHit | null)[] | null {
  if (wants === undefined || wants.size === 0) return null;
  const numbers = [...wants.keys()];
  if (!numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= hits.length))
    return null;
  const starting = new Map(hits.map((hit) => [hit.attack - leadOf(hit.attack, fade_in_ms, sampleRate), hit]));
  const placed: (DrumHit | null)[] = new Array(Math.max(...numbers)).fill(null);
  for (const [number, startSec] of wants) {
    const hit = starting.get(Math.round(startSec * sampleRate));
    if (!hit) return null;
    placed[number - 1] = hit;
  }
  return placed;
}

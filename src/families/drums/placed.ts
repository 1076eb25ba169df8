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
 * @returns up to the last that is wanted, null in place of the others; null where none are wanted by place, or one is not found there
 */
export function placedHits(
  { reader: { sampleRate }, wants }: Material,
  hits: readonly DrumHit[],
  { fade_in_ms }: DrumSettings['drum_miner'],
): readonly (DrumHit | null)[] | null {
  if (wants === undefined || wants.size === 0) return null;
  const starting = new Map(hits.map((hit) => [hit.attack - leadOf(hit.attack, fade_in_ms, sampleRate), hit]));
  const placed: (DrumHit | null)[] = new Array(Math.max(...wants.keys())).fill(null);
  for (const [number, startSec] of wants) {
    const hit = starting.get(Math.round(startSec * sampleRate));
    if (!hit) return null;
    placed[number - 1] = hit;
  }
  return placed;
}

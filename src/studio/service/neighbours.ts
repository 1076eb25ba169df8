/** Which textures sound most like one. */
import { embeddingDistance } from '../../curation/embedding.ts';
import { square } from '../../dsp/maths.ts';
import type { MapAnswer, NeighboursAnswer } from '../protocol.ts';
import type { Embeddings } from './embeddings.ts';
import type { Found } from './library.ts';

type Neighbour = NeighboursAnswer['neighbours'][number];

/** By their embeddings; those that have none are left out. @param embedding of the one */
export function nearestBySound(
  embedding: Float32Array,
  others: readonly Found[],
  embeddings: Embeddings,
  count: number,
): Neighbour[] {
  const neighbours = others.flatMap((other) => {
    const its = embeddings.of(other);
    return its ? [{ id: other.shown.id, distance: embeddingDistance(embedding, its) }] : [];
  });
  return nearest(neighbours, count);
}

/** By where they lie on the map. */
export function nearestByPlace({ places }: MapAnswer, id: string, count: number): Neighbour[] {
  const at = places.find((place) => place.id === id)!;
  const distances = places
    .filter((place) => place.id !== id)
    .map((place) => ({
      id: place.id,
      distance: Math.sqrt(square(place.x - at.x) + square(place.y - at.y)),
    }));
  return nearest(distances, count);
}

function nearest(neighbours: Neighbour[], count: number): Neighbour[] {
  return neighbours.sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1)).slice(0, count);
}

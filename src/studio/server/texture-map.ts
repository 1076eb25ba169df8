/** The map of all textures, and which sound alike: by the manifest at once, by their sound as soon as they are heard. */
import { setTimeout as pause } from 'node:timers/promises';
import { embeddingDistance } from '../../curation/embedding.ts';
import { square } from '../../dsp/maths.ts';
import type { MapAnswer, NeighboursAnswer, StudioEvent } from '../protocol.ts';
import type { Ear } from './analyser.ts';
import { layOut, type Pin } from './layout.ts';
import type { Found, Library } from './library.ts';
import { digestText } from './stamp-text.ts';

/** How often progress is told, ms. */
const TELL_MS = 250;
/** How long listening waits, ms: the page that asked for the map draws first. */
const PAUSE_MS = 1000;

export interface Atlas {
  /** Lays out a first map, so that the first to ask for it need not wait. */
  prepare(): void;
  map(): MapAnswer;
  neighbours(id: string, count: number): NeighboursAnswer;
  /** No more is listened to. */
  close(): void;
}

/** A map as it was laid out, and of which textures. */
interface Drawn {
  readonly of: string;
  readonly answer: MapAnswer;
}

/** @param tell is told of progress, and of a better map */
export function openAtlas(
  library: Library,
  ear: Ear,
  tell: (event: StudioEvent) => void,
  onUnforeseen: (error: unknown) => void,
): Atlas {
  /** By texture and stamp; null where it cannot be heard. */
  const embeddings = new Map<string, Float32Array | null>();
  let drawn: Drawn | null = null;
  let isListening = false;
  let isClosed = false;

  const pinOf = (found: Found): Pin => ({
    id: found.shown.id,
    centroidHz: found.shown.centroidHz,
    crestFactor: Number(found.texture.row.crest_factor) || null,
    embedding: embeddings.get(keyOf(found)) ?? null,
  });

  const listen = async (): Promise<void> => {
    // A library that changes meanwhile is listened to again, as far as it is new.
    for (;;) {
      const found = library.all();
      const unheard = found.filter((one) => !embeddings.has(keyOf(one)));
      let told = performance.now();
      for (const [done, one] of unheard.entries()) {
        if (isClosed) return;
        embeddings.set(
          keyOf(one),
          await ear.send('embed', { file: one.texture.file, isLoop: one.texture.isLoop }),
        );
        // Where the ear works in this thread, requests come in between.
        await new Promise(setImmediate);
        if (performance.now() - told < TELL_MS) continue;
        told = performance.now();
        tell({ kind: 'listening', done: done + 1, all: unheard.length });
      }
      if (isClosed) return;
      if (drawn?.answer.isRefined && drawn.of === setOf(found)) return;
      const pins = found.map(pinOf);
      const places = await ear.send('lay-out', { pins });
      drawn = { of: setOf(found), answer: answerOf(pins, places, true) };
      const kept = new Set(found.map(keyOf));
      for (const key of embeddings.keys()) if (!kept.has(key)) embeddings.delete(key);
      if (unheard.length > 0) tell({ kind: 'listening', done: unheard.length, all: unheard.length });
      tell({ kind: 'map-changed', isRefined: true });
    }
  };
  const startListening = () => {
    if (isClosed || isListening) return;
    isListening = true;
    pause(PAUSE_MS, undefined, { ref: false })
      .then(listen)
      .catch((error) => {
        if (!isClosed) onUnforeseen(error);
      })
      .finally(() => {
        isListening = false;
      });
  };

  const draw = (): MapAnswer => {
    const found = library.all();
    const of = setOf(found);
    if (drawn?.of === of) return drawn.answer;
    const pins = found.map((one) => ({ ...pinOf(one), embedding: null }));
    // What had its place keeps it until all are heard, so that nothing moves twice.
    const before = new Map(drawn?.answer.places.map((place) => [place.id, place]));
    const { places } = answerOf(pins, layOut(pins), false);
    const answer = { isRefined: false, places: places.map((place) => before.get(place.id) ?? place) };
    drawn = { of, answer };
    return answer;
  };

  return {
    prepare: () => void draw(),
    map() {
      const answer = draw();
      if (!answer.isRefined) startListening();
      return answer;
    },
    neighbours(id, count) {
      const own = library.find(id);
      const embedding = embeddings.get(keyOf(own));
      const others = library.all().filter(({ shown }) => shown.id !== id);
      if (embedding) {
        const neighbours = others.flatMap((other) => {
          const its = embeddings.get(keyOf(other));
          return its ? [{ id: other.shown.id, distance: embeddingDistance(embedding, its) }] : [];
        });
        return { isRefined: drawn?.answer.isRefined ?? false, neighbours: nearest(neighbours, count) };
      }
      const { places } = this.map();
      const at = places.find((place) => place.id === id)!;
      const distances = places
        .filter((place) => place.id !== id)
        .map((place) => ({
          id: place.id,
          distance: Math.sqrt(square(place.x - at.x) + square(place.y - at.y)),
        }));
      return { isRefined: false, neighbours: nearest(distances, count) };
    },
    close() {
      isClosed = true;
    },
  };
}

function keyOf({ shown }: Found): string {
  return `${shown.id} ${shown.stamp}`;
}

function setOf(found: readonly Found[]): string {
  return digestText(found.map(keyOf).join('\n'));
}

function answerOf(pins: readonly Pin[], places: Float64Array, isRefined: boolean): MapAnswer {
  const rounded = (share: number) => Math.round(share * 1e4) / 1e4;
  return {
    isRefined,
    places: pins.map(({ id }, i) => ({ id, x: rounded(places[2 * i]), y: rounded(places[2 * i + 1]) })),
  };
}

function nearest(neighbours: NeighboursAnswer['neighbours'][number][], count: number) {
  return neighbours.sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1)).slice(0, count);
}

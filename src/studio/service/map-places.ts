/** Where textures lie on the map: by the manifest's figures at first, by their sound once all are analysed. */
import type { MapAnswer } from '../protocol.ts';
import { digestText } from './digest-text.ts';
import { embeddingKey } from './embeddings.ts';
import { type LayoutItem, layOut } from './layout.ts';
import type { Found } from './library.ts';

export interface MapPlaces {
  /** The places of these textures, as good as they are known. */
  of(found: readonly Found[]): MapAnswer;
  /** Whether the places of these textures are those that their sound gave. */
  isRefined(found: readonly Found[]): boolean;
  /** @param layout of the items of these textures, as {@link layOut} gives it */
  refine(found: readonly Found[], layout: Float64Array): void;
}

export function createMapPlaces(): MapPlaces {
  /** As it was laid out last, and of which textures. */
  let last: { readonly of: string; readonly answer: MapAnswer } | null = null;
  return {
    isRefined: (found) => last?.of === setOf(found) && last.answer.isRefined,
    refine(found, layout) {
      last = { of: setOf(found), answer: answerOf(found, layout, true) };
    },
    of(found) {
      const of = setOf(found);
      if (last?.of === of) return last.answer;
      // What had its place keeps it until all are analysed, so that nothing moves twice.
      const before = new Map(last?.answer.places.map((place) => [place.id, place]));
      const { places } = answerOf(found, layOut(found.map((one) => itemOf(one, null))), false);
      const answer = { isRefined: false, places: places.map((place) => before.get(place.id) ?? place) };
      last = { of, answer };
      return answer;
    },
  };
}

/** What is known of a texture that is to be laid out. */
export function itemOf({ shown, texture }: Found, embedding: Float32Array | null): LayoutItem {
  const { id, centroidHz } = shown;
  return { id, centroidHz, crestFactor: Number(texture.row.crest_factor) || null, embedding };
}

function setOf(found: readonly Found[]): string {
  return digestText(found.map(embeddingKey).join('\n'));
}

function answerOf(found: readonly Found[], layout: Float64Array, isRefined: boolean): MapAnswer {
  const rounded = (share: number) => Math.round(share * 1e4) / 1e4;
  return {
    isRefined,
    places: found.map(({ shown: { id } }, i) => ({
      id,
      x: rounded(layout[2 * i]),
      y: rounded(layout[2 * i + 1]),
    })),
  };
}

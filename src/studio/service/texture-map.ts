/** The map of all textures, and which sound alike: by the manifest at once, by their sound as soon as they are analysed. */
import type { MapAnswer, NeighboursAnswer, StudioEvent } from '../protocol.ts';
import type { Analyser } from './analyser.ts';
import { createEmbeddings, type Embeddings } from './embeddings.ts';
import type { Library } from './library.ts';
import { createMapPlaces, itemOf, type MapPlaces } from './map-places.ts';
import { nearestByPlace, nearestBySound } from './neighbours.ts';

/** How long analysis waits, ms: the page that asked for the map draws first. */
const PAUSE_MS = 1000;

export interface TextureMap {
  /** Lays out a first map, so that the first to ask for it need not wait. */
  prepare(): void;
  map(): MapAnswer;
  neighbours(id: string, count: number): NeighboursAnswer;
  /** Nothing more is analysed. */
  close(): void;
}

/**
 * @param report is given progress, and that there is a better map
 * @param isBusy whether something is being made: analysis waits for its end, which changes what there is to analyse
 */
export function openTextureMap(
  library: Library,
  analyser: Analyser,
  report: (event: StudioEvent) => void,
  onUnexpected: (error: unknown) => void,
  isBusy: () => boolean,
): TextureMap {
  const embeddings = createEmbeddings(analyser);
  const places = createMapPlaces();
  const closing = new AbortController();
  const { signal } = closing;
  let isAnalysing = false;

  const startAnalysis = () => {
    if (signal.aborted || isAnalysing) return;
    isAnalysing = true;
    untilFree(isBusy)
      .then(() => refine({ library, analyser, embeddings, places, report, signal }))
      .catch((error) => {
        if (!signal.aborted) onUnexpected(error);
      })
      .finally(() => {
        isAnalysing = false;
      });
  };
  const map = (): MapAnswer => {
    const answer = places.of(library.all());
    if (!answer.isRefined) startAnalysis();
    return answer;
  };
  return {
    map,
    prepare: () => void places.of(library.all()),
    neighbours(id, count) {
      const embedding = embeddings.of(library.find(id));
      if (!embedding) return { isRefined: false, neighbours: nearestByPlace(map(), id, count) };
      const all = library.all();
      const others = all.filter(({ shown }) => shown.id !== id);
      const neighbours = nearestBySound(embedding, others, embeddings, count);
      return { isRefined: places.isRefined(all), neighbours };
    },
    close: () => closing.abort(),
  };
}

/** Analyses all textures, and lays them out by their sound; what changes in the library meanwhile is analysed, too. */
async function refine({
  library,
  analyser,
  embeddings,
  places,
  report,
  signal,
}: {
  readonly library: Library;
  readonly analyser: Analyser;
  readonly embeddings: Embeddings;
  readonly places: MapPlaces;
  readonly report: (event: StudioEvent) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const progress = (done: number, all: number) => report({ kind: 'analysing', done, all });
  for (;;) {
    const found = library.all();
    const missing = await embeddings.complete(found, progress, signal);
    if (missing === null || places.isRefined(found)) return;
    const items = found.map((one) => itemOf(one, embeddings.of(one)));
    places.refine(found, await analyser.send('lay-out', { items }));
    if (missing > 0) progress(missing, missing);
    report({ kind: 'map-changed', isRefined: true });
  }
}

async function untilFree(isBusy: () => boolean): Promise<void> {
  do {
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  } while (isBusy());
}

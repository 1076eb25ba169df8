/** The embeddings of all textures, kept as long as their files stay the same. */
import type { Analyser } from './analyser.ts';
import type { Found } from './library.ts';

/** How often progress is reported, ms. */
const REPORT_MS = 250;

export interface Embeddings {
  /** Null where the sound cannot be read, or was not yet. */
  of(found: Found): Float32Array | null;
  /**
   * Makes those that are missing, one after the other; what was made for textures that are gone is forgotten at the end.
   * @param onProgress called now and then, with how many of the missing ones are made
   * @returns how many were missing; null once the signal is aborted
   */
  complete(
    found: readonly Found[],
    onProgress: (done: number, all: number) => void,
    signal: AbortSignal,
  ): Promise<number | null>;
}

export function createEmbeddings(analyser: Analyser): Embeddings {
  /** By texture and stamp; null where it cannot be read. */
  const embeddings = new Map<string, Float32Array | null>();
  return {
    of: (found) => embeddings.get(embeddingKey(found)) ?? null,
    async complete(found, onProgress, signal) {
      const missing = found.filter((one) => !embeddings.has(embeddingKey(one)));
      let reported = performance.now();
      for (const [done, one] of missing.entries()) {
        if (signal.aborted) return null;
        const { path, file, isLoop } = one.texture;
        const { exportFolder, exportRoot } = one.exportIndex;
        const embedding = await analyser.send('embed', { exportFolder, exportRoot, path, file, isLoop });
        embeddings.set(embeddingKey(one), embedding);
        if (performance.now() - reported < REPORT_MS) continue;
        reported = performance.now();
        onProgress(done + 1, missing.length);
      }
      if (signal.aborted) return null;
      const kept = new Set(found.map(embeddingKey));
      for (const key of embeddings.keys()) if (!kept.has(key)) embeddings.delete(key);
      return missing.length;
    },
  };
}

/** Another where the texture's file is another. */
export function embeddingKey({ shown }: Found): string {
  return `${shown.id} ${shown.stamp}`;
}

/** The embeddings of an export's textures: what curate, the map and "similar textures" go by. */
import { embedSound } from '../curation/embedding.ts';
import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type PaletteTexture, readTexture } from './palette.ts';

export interface Embeddings {
  /** By path: see {@link embedSound}. */
  readonly byPath: ReadonlyMap<string, Float32Array>;
  /** Textures whose sound could not be read, and why. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}

export interface EmbeddingOptions {
  /** Called after each texture. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads and embeds textures one after the other (measured: about 10 ms each, so that nothing need be kept).
 * @throws the signal's reason once it is aborted
 */
export async function embedTextures(
  platform: Platform,
  textures: readonly PaletteTexture[],
  { onProgress, signal }: EmbeddingOptions = {},
): Promise<Embeddings> {
  const byPath = new Map<string, Float32Array>();
  const failed: { path: string; message: string }[] = [];
  for (const [i, texture] of textures.entries()) {
    signal?.throwIfAborted();
    try {
      byPath.set(texture.path, embedSound(await readTexture(platform, texture), texture.isLoop));
    } catch (error) {
      if (!(error instanceof AfterglowError)) throw error;
      failed.push({ path: texture.path, message: error.message });
    }
    onProgress?.(i + 1, textures.length);
  }
  return { byPath, failed };
}

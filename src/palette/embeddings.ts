/** The embeddings of an export's textures: what curate, the map and "similar textures" go by. */
import type { Platform } from '../platform/platform.ts';
import { type ImpressionOptions, openImpressions, takeImpressions, type Unread } from './impressions.ts';
import type { Palette, PaletteTexture } from './palette.ts';

export interface Embeddings {
  /** By path: see `curation/embedding.ts`. */
  readonly byPath: ReadonlyMap<string, Float32Array>;
  /** Textures whose sound could not be read, and why. */
  readonly failed: readonly Unread[];
}

export interface EmbeddingOptions extends ImpressionOptions {
  /** Whether what is made is kept for another time; by default it is. */
  readonly keeps?: boolean;
}

/**
 * The embeddings of textures of an export.
 * @throws the signal's reason once it is aborted
 */
export async function embedTextures(
  platform: Platform,
  palette: Pick<Palette, 'exportFolder' | 'textures'>,
  textures: readonly PaletteTexture[],
  { keeps = true, ...options }: EmbeddingOptions = {},
): Promise<Embeddings> {
  const byPath = new Map<string, Float32Array>();
  const file = await openImpressions(platform, palette, keeps);
  try {
    const taker = {
      kept: ({ path }: PaletteTexture, key: string) => void byPath.set(path, file.embedding(key)!),
      made: ({ path }: PaletteTexture, { embedding }: { embedding: Float32Array }) =>
        void byPath.set(path, embedding),
    };
    const failed = await takeImpressions(platform, file, textures, taker, options);
    return { byPath, failed };
  } finally {
    await file.close();
  }
}

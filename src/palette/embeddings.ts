/** The embeddings of an export's textures: what curate, the map and "similar textures" go by. */
import { digestInKey, type MadeImpression } from '../engine/impression.ts';
import type { Platform } from '../platform/platform.ts';
import { type ImpressionOptions, openImpressions, takeImpressions, type Unread } from './impressions.ts';
import type { Palette, PaletteTexture } from './palette.ts';

export interface Embeddings {
  /** By path: see `curation/embedding.ts`. */
  readonly byPath: ReadonlyMap<string, Float32Array>;
  /** By path: SHA-256 of the file that it was made of. */
  readonly digests: ReadonlyMap<string, string>;
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
  const digests = new Map<string, string>();
  const take = ({ path }: PaletteTexture, embedding: Float32Array, sha256: string): void => {
    byPath.set(path, embedding);
    digests.set(path, sha256);
  };
  const file = await openImpressions(platform, palette, keeps);
  try {
    const taker = {
      kept: (texture: PaletteTexture, key: string) => take(texture, file.embedding(key)!, digestInKey(key)),
      made: (texture: PaletteTexture, { embedding, sha256 }: MadeImpression) =>
        take(texture, embedding, sha256),
    };
    const failed = await takeImpressions(platform, file, textures, taker, options);
    return { byPath, digests, failed };
  } finally {
    await file.close();
  }
}

/** What takes too long for the thread that answers. */
import { embedSound } from '../../curation/embedding.ts';
import { AfterglowError } from '../../errors.ts';
import { type PaletteTexture, readTexture } from '../../palette/palette.ts';
import { layOut, type Pin } from './layout.ts';

export type Listened = Pick<PaletteTexture, 'file' | 'isLoop'>;

export type Errand =
  | ({ readonly kind: 'embed' } & Listened)
  | { readonly kind: 'lay-out'; readonly pins: readonly Pin[] };

/** @returns an embedding, null where the sound cannot be read; or the places of pins */
export async function carryOut(errand: Errand): Promise<Float32Array | Float64Array | null> {
  if (errand.kind === 'lay-out') return layOut(errand.pins);
  try {
    return embedSound(await readTexture(errand), errand.isLoop);
  } catch (error) {
    if (error instanceof AfterglowError) return null;
    throw error;
  }
}

/** Pictures of cells: fetched for those in view, and kept. */
import type { Overview } from '../../report/page/overview.ts';
import type { Texture } from '../protocol.ts';
import { getPicture } from './api.ts';

/** Fetched at once: more would keep a sound waiting that is wanted now. */
const AT_ONCE = 3;

export interface CellPictures {
  /** Null where it is not there yet, or the sound cannot be read. */
  of(texture: Texture): Overview | null;
  /** Fetches these, in this order; what was asked for before and has not begun is forgotten. */
  want(textures: readonly Texture[]): void;
}

/** @param onPicture called when one has come */
export function createCellPictures(onPicture: (texture: Texture) => void): CellPictures {
  const keyOf = ({ id, stamp }: Texture) => `${id} ${stamp}`;
  /** Null where none can be had. */
  const known = new Map<string, Overview | null>();
  let wanted: Texture[] = [];
  let coming = 0;

  async function fetchOne(texture: Texture): Promise<void> {
    const key = keyOf(texture);
    known.set(key, null);
    coming++;
    try {
      known.set(key, await getPicture(texture));
      onPicture(texture);
    } catch {
      // The cell stays without; who plays it is told what is wrong.
    } finally {
      coming--;
      fetchMore();
    }
  }
  function fetchMore(): void {
    while (coming < AT_ONCE && wanted.length > 0) {
      const next = wanted.shift()!;
      if (!known.has(keyOf(next))) void fetchOne(next);
    }
  }
  return {
    of: (texture) => known.get(keyOf(texture)) ?? null,
    want(textures) {
      wanted = [...textures];
      fetchMore();
    },
  };
}

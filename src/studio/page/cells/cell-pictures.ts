/** Pictures of cells: fetched for those in view, kept, and drawn. */
import { createShades } from '../../../report/page/cell.ts';
import type { Overview } from '../../../report/page/overview.ts';
import type { Texture } from '../../protocol.ts';
import { getPicture } from '../backend/api.ts';
import type { Cell } from './cell.ts';

/** Fetched at once: more would keep a sound waiting that is wanted now. */
const AT_ONCE = 3;

export interface CellPictures {
  /** Draws what is there for these cells, and fetches the rest in this order; what was asked for before is forgotten. */
  show(cells: readonly Cell[]): void;
  /** The colours are others. */
  forgetColours(): void;
}

export function createCellPictures(): CellPictures {
  const shades = createShades();
  const keyOf = ({ id, stamp }: Texture) => `${id} ${stamp}`;
  /** Null where none can be had. */
  const known = new Map<string, Overview | null>();
  let inView: readonly Cell[] = [];
  let wanted: Texture[] = [];
  let coming = 0;

  function draw(cell: Cell): void {
    const texture = cell.texture();
    if (texture) cell.draw(known.get(keyOf(texture)) ?? null, shades.of(texture.family));
  }

  async function fetchOne(texture: Texture): Promise<void> {
    const key = keyOf(texture);
    known.set(key, null);
    coming++;
    try {
      known.set(key, await getPicture(texture));
      for (const cell of inView) if (cell.texture()?.id === texture.id) draw(cell);
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
    forgetColours: shades.forget,
    show(cells) {
      inView = cells;
      for (const cell of cells) draw(cell);
      wanted = cells.flatMap((cell) => cell.texture() ?? []);
      fetchMore();
    },
  };
}

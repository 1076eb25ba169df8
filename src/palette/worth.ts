/** Which textures of an export are to be shown and heard first. */

import type { Families } from '../config/settings.ts';
import { inTurn } from '../groups.ts';
import type { Platform } from '../platform/platform.ts';
import { qualitiesOf } from './choose.ts';
import { curatedSelection, readDecidedSelection } from './decided-selection.ts';
import type { Palette, PaletteTexture } from './palette.ts';

export interface Worth {
  readonly texture: PaletteTexture;
  /** Place in its family's selection, from 1; null where it was not chosen or nothing was. */
  readonly rank: number | null;
  /** By its row, 0 to 1. */
  readonly quality: number;
}

/**
 * What was chosen first, then the others by quality; either way the families in turn, the first of each, then the second:
 * a thousand drum hits do not come before the best swell.
 * @throws MalformedFileError where the selection is none; NotAllowedError, FileSystemError
 */
export async function byWorth(platform: Platform, palette: Palette): Promise<Worth[]> {
  return rankedByWorth(palette, await ranksIn(platform, palette));
}

/** As {@link byWorth}. @param ranks of what was chosen, by path */
export function rankedByWorth(palette: Palette, ranks: ReadonlyMap<string, number>): Worth[] {
  const { families } = palette;
  const qualities = qualitiesOf(palette.textures, families);
  const worths = palette.textures.map((texture, i): Worth => {
    return { texture, rank: ranks.get(texture.path) ?? null, quality: qualities[i].quality };
  });
  const chosen = worths.filter(({ rank }) => rank !== null);
  const others = worths.filter(({ rank }) => rank === null);
  return [
    ...familiesInTurn(chosen, (a, b) => a.rank! - b.rank!, families),
    ...familiesInTurn(others, (a, b) => b.quality - a.quality, families),
  ];
}

/** The first of each family, then the second of each, and so on. */
function familiesInTurn(
  worths: readonly Worth[],
  compare: (a: Worth, b: Worth) => number,
  known: Families,
): Worth[] {
  return inTurn(known.map(({ id }) => worths.filter(({ texture }) => texture.family === id).sort(compare)));
}

/** Places of chosen textures, with what was kept or rejected since. */
async function ranksIn(platform: Platform, palette: Palette): Promise<ReadonlyMap<string, number>> {
  const path = await curatedSelection(platform, palette.exportFolder);
  if (path === null) return new Map();
  const { textures } = await readDecidedSelection(platform, path, palette);
  return new Map(textures.map(({ path, rank }) => [path, rank]));
}

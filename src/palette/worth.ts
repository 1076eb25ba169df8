/** Which textures of an export are to be shown and heard first. */
import { FAMILIES } from '../textures/texture.ts';
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
 * What was chosen first, the families in turn: the first of each, then the second. What was not follows by quality.
 * @throws MalformedFileError where the selection is none; NotAllowedError, FileSystemError
 */
export async function byWorth(palette: Palette): Promise<Worth[]> {
  const ranks = await ranksIn(palette);
  const qualities = qualitiesOf(palette.textures);
  const worths = palette.textures.map((texture, i): Worth => {
    return { texture, rank: ranks.get(texture.path) ?? null, quality: qualities[i].quality };
  });
  const turn = ({ rank, texture }: Worth) =>
    rank === null ? Number.POSITIVE_INFINITY : rank * FAMILIES.length + FAMILIES.indexOf(texture.family);
  return worths.sort((a, b) => turn(a) - turn(b) || b.quality - a.quality);
}

/** Places of chosen textures, with what was kept or rejected since. */
async function ranksIn(palette: Palette): Promise<ReadonlyMap<string, number>> {
  const path = await curatedSelection(palette.exportFolder);
  if (path === null) return new Map();
  const { textures } = await readDecidedSelection(path, palette);
  return new Map(textures.map(({ path, rank }) => [path, rank]));
}

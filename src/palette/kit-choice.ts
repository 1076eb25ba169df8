/** Which textures of an export may go into a kit, best first. */
import type { Families } from '../config/settings.ts';
import { noteName } from '../curation/note-names.ts';
import { type Candidate, fairOrder, groupedBy, inTurn } from '../kits/candidate.ts';
import {
  curatedSelection,
  type DecidedSince,
  NOTHING_DECIDED,
  readDecidedSelection,
} from './decided-selection.ts';
import { openPalette, type PaletteTexture } from './palette.ts';
import { readSelection } from './selection.ts';

/** A texture of the palette as a kit sees it. */
export interface KitTexture extends Candidate, Pick<PaletteTexture, 'file' | 'root' | 'row'> {
  /** Without folder and ending. */
  readonly fileName: string;
}

interface KitChoice {
  /** Best first. */
  readonly textures: readonly KitTexture[];
  readonly isSelected: boolean;
  readonly since: DecidedSince;
  readonly missing: readonly string[];
}

/** Where the choice is from. */
export interface KitWish {
  readonly exportFolder: string;
  /** Textures by path, best first, each with a name of its own where somebody gave one. */
  readonly chosen?: readonly { readonly path: string; readonly name?: string }[];
  /** Absolute; where nobody chose, by default curate's, where there is one. */
  readonly selectionPath?: string;
  /** Default: those of this program. */
  readonly families?: Families;
}

/**
 * What was chosen, in its order; else what was selected, with what was decided since, the first of each family, then the second of each; where nobody
 * selected, all of grade A and B by a fair order.
 * @throws FileSystemError where there is no manifest; MalformedFileError where the selection is none
 */
export async function chosenForKit({
  exportFolder,
  chosen,
  selectionPath,
  families,
}: KitWish): Promise<KitChoice> {
  const palette = await openPalette(exportFolder, families);
  const byPath = new Map(palette.textures.map((texture) => [texture.path, texture]));
  const missingOf = (paths: readonly string[]) => paths.filter((path) => !byPath.has(path));
  if (chosen) {
    const textures = chosen.flatMap(({ path, name }) => {
      const texture = byPath.get(path);
      return texture ? [kitTexture(texture, name)] : [];
    });
    return {
      textures,
      isSelected: true,
      since: NOTHING_DECIDED,
      missing: missingOf(chosen.map(({ path }) => path)),
    };
  }
  const path = selectionPath ?? (await curatedSelection(exportFolder));
  if (path === null) {
    const textures = fairOrder(palette.textures.map((texture) => kitTexture(texture)));
    return { textures, isSelected: false, since: NOTHING_DECIDED, missing: [] };
  }
  // A selection that was named is taken as it stands.
  const selection =
    selectionPath === undefined
      ? await readDecidedSelection(path, palette)
      : { ...(await readSelection(path, palette.families)), ...NOTHING_DECIDED };
  const named = new Map(selection.textures.map((one) => [one.path, one]));
  const found = [...named.values()].flatMap((one) => {
    const texture = byPath.get(one.path);
    return texture ? [{ rank: one.rank, texture: kitTexture(texture, one.name) }] : [];
  });
  const byFamily = [...groupedBy(found, ({ texture }) => texture.family).values()];
  const ranked = inTurn(byFamily.map((family) => family.sort((a, b) => a.rank - b.rank)));
  return {
    textures: ranked.map(({ texture }) => texture),
    isSelected: true,
    since: { added: selection.added, dropped: selection.dropped, isOutdated: selection.isOutdated },
    missing: missingOf([...named.keys()]),
  };
}

function kitTexture(texture: PaletteTexture, name?: string): KitTexture {
  const { row, root } = texture;
  return {
    path: texture.path,
    file: texture.file,
    fileName: texture.name,
    family: texture.family,
    source: texture.source,
    variant: texture.variant,
    brightness: row.brightness,
    kind: row.kind,
    key: row.detected_key,
    rootName: root === null ? '' : noteName(root.note),
    root,
    durationSec: texture.durationSec,
    channelCount: texture.channelCount,
    sampleRate: texture.sampleRate,
    bitDepth: Number(row.bit_depth) || 24,
    loops: texture.isLoop,
    grade: texture.grade,
    row,
    ...(name === undefined ? {} : { name }),
  };
}

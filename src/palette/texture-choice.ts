/** Which textures of an export may go into a kit or instruments. */

import type { ManifestFault } from '../archive/manifest-fault.ts';
import type { Families } from '../config/settings.ts';
import { noteName } from '../curation/note-names.ts';
import { numberIn } from '../curation/row-facts.ts';
import { FAMILIES } from '../families/index.ts';
import { groupedBy, inTurn } from '../groups.ts';
import type { Platform } from '../platform/platform.ts';
import { fairOrder } from '../targets/candidate.ts';
import type { PitchMove } from '../targets/fit-pitch.ts';
import type { Profile } from '../targets/profile.ts';
import { suiting } from '../targets/suiting.ts';
import type { TargetTexture } from '../targets/target.ts';
import {
  curatedSelection,
  type DecidedSince,
  NOTHING_DECIDED,
  readDecidedSelection,
} from './decided-selection.ts';
import { openPalette, type Palette, type PaletteTexture } from './palette.ts';
import { saidPitch } from './said-pitch.ts';
import { readSelection } from './selection.ts';

/** A texture of the palette as a kit or instrument sees it: nothing is said of its pitch that is not clear. */
export interface KitTexture extends TargetTexture, Pick<PaletteTexture, 'file' | 'row'> {
  /** How it is moved in pitch on its way; all else is said of what it will be. Null: not at all. */
  readonly moved: PitchMove | null;
  /** What the device calls the place that somebody laid it into; undefined where nobody did. */
  readonly place?: string | undefined;
}

/** Where the choice is from. */
export interface KitSource {
  readonly exportFolder: string;
  /** Textures by path, best first, each with a name of its own, and a place of the device, where somebody gave one. */
  readonly chosen?: readonly {
    readonly path: string;
    readonly name?: string | undefined;
    readonly place?: string | undefined;
  }[];
  /** Absolute; where nobody chose, by default curate's, where there is one. */
  readonly selectionPath?: string;
  /** What the export's textures may be; by default the engine's families. */
  readonly families?: Families | undefined;
}

export interface TextureChoice {
  /** As they were chosen or selected; where nobody did either, all, by path. */
  readonly textures: readonly KitTexture[];
  /** Within their families, by path; null where they come in order or nobody selected. */
  readonly ranks: ReadonlyMap<string, number> | null;
  /** Somebody chose, or a selection did. */
  readonly isSelected: boolean;
  /** How it differs from what curate chose. */
  readonly since: DecidedSince;
  /** Textures that were chosen, or, where nobody chose, that could have been, which the export folder no longer holds. */
  readonly missing: readonly string[];
  /** See {@link Palette.faults}. */
  readonly impossible: readonly ManifestFault[];
}

/**
 * What was chosen; else what was selected, with what was decided since; else all.
 * @throws FileSystemError where there is no manifest; MalformedFileError where the selection is none
 */
export async function chosenTextures(platform: Platform, source: KitSource): Promise<TextureChoice> {
  const { exportFolder, chosen, selectionPath, families = FAMILIES } = source;
  const palette = await openPalette(platform, exportFolder, families);
  const impossible = palette.faults;
  if (chosen) {
    return { ...foundOf(chosen, palette), ranks: null, isSelected: true, since: NOTHING_DECIDED, impossible };
  }
  const path = selectionPath ?? (await curatedSelection(platform, exportFolder));
  if (path === null) {
    const textures = palette.textures.map((texture) => kitTexture(texture, undefined, families));
    const missing = palette.gone.filter(isNoFailure).map(({ path }) => path);
    return { textures, ranks: null, isSelected: false, since: NOTHING_DECIDED, missing, impossible };
  }
  // A selection that was named is taken as it stands.
  const selection =
    selectionPath === undefined
      ? await readDecidedSelection(platform, path, palette)
      : { ...(await readSelection(platform, path, palette.families)), ...NOTHING_DECIDED };
  const { added, dropped, isOutdated } = selection;
  const ranks = new Map(selection.textures.map((one) => [one.path, one.rank]));
  return {
    ...foundOf(selection.textures, palette),
    ranks,
    isSelected: true,
    since: { added, dropped, isOutdated },
    impossible,
  };
}

/** What is listed and there, each once, and what is not there. */
function foundOf(listed: NonNullable<KitSource['chosen']>, { textures, families }: Palette) {
  const byPath = new Map(textures.map((texture) => [texture.path, texture]));
  const once = [...new Map(listed.map((one) => [one.path, one])).values()];
  return {
    textures: once.flatMap(({ path, name, place }) => {
      const texture = byPath.get(path);
      return texture ? [{ ...kitTexture(texture, name, families), place }] : [];
    }),
    missing: once.map(({ path }) => path).filter((path) => !byPath.has(path)),
  };
}

/**
 * Best first, for a device that may not hold all: as somebody chose; else each family by its ranks in a selection or, where
 * nobody selected, grade A before B in a fair order, and the families by their shares of the device.
 */
export function bestFirst(
  { textures, ranks, isSelected }: TextureChoice,
  profile: Profile,
): readonly KitTexture[] {
  if (!isSelected) {
    const graded = groupedBy(fairOrder(textures), ({ grade }) => grade);
    return suiting([...graded.values()], profile);
  }
  if (ranks === null) return textures;
  const families = [...groupedBy(textures, ({ family }) => family).values()];
  const rankOf = ({ path }: KitTexture) => ranks.get(path)!;
  const ranked = inTurn(families.map((family) => family.sort((a, b) => rankOf(a) - rankOf(b))));
  return suiting([ranked], profile);
}

/** For a keyboard, which holds all: as they are listed; where nobody selected, those that are no failures. */
export function listedOrder({ textures, isSelected }: TextureChoice): readonly KitTexture[] {
  return isSelected ? textures : textures.filter(isNoFailure);
}

function isNoFailure({ grade }: Pick<KitTexture, 'grade'>): boolean {
  return grade === 'A' || grade === 'B';
}

function kitTexture(texture: PaletteTexture, name: string | undefined, families: Families): KitTexture {
  const { row } = texture;
  const { root, key, tempo } = saidPitch(texture, families);
  return {
    path: texture.path,
    file: texture.file,
    fileName: texture.name,
    name,
    family: texture.family,
    source: texture.source,
    sourcePath: row.source_path,
    moment: momentOf(row),
    variant: texture.variant,
    brightness: row.brightness,
    kind: row.kind,
    key,
    rootName: root === null ? '' : noteName(root.note),
    root,
    tempo,
    moved: null,
    durationSec: texture.durationSec,
    channelCount: texture.channelCount,
    sampleRate: texture.sampleRate,
    bitDepth: Number(row.bit_depth) || 24,
    loops: texture.isLoop,
    lufs: texture.lufs,
    centroidHz: texture.centroidHz,
    grade: texture.grade,
    row,
  };
}

function momentOf({ source_start_sec, source_end_sec }: PaletteTexture['row']): KitTexture['moment'] {
  const [startSec, endSec] = [numberIn(source_start_sec), numberIn(source_end_sec)];
  return startSec === null || endSec === null ? null : { startSec, endSec };
}

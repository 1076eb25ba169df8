/** A selection as it is to be used: with what somebody decided since curate chose. */

import { type Decisions, decisionsDigest, readDecisions } from '../engine/decisions.ts';
import { MalformedFileError } from '../errors.ts';
import type { FamilyId } from '../families/family.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { CURATED_FOLDER, SELECTION_FILE } from './curate.ts';
import type { Palette } from './palette.ts';
import { readSelection, type Selection } from './selection.ts';

/** A texture that is to be used, by its rank in its family. */
interface SelectedTexture {
  readonly path: string;
  readonly family: FamilyId;
  readonly rank: number;
  /** Where somebody gave it one. */
  readonly name?: string;
}

/** How what is used differs from what curate chose. */
export interface DecidedSince {
  /** Paths of textures that were kept since, and are used first. */
  readonly added: readonly string[];
  /** Paths of textures that were rejected since, and are not used. */
  readonly dropped: readonly string[];
  /** Something was decided since, so curate would choose otherwise now. */
  readonly isOutdated: boolean;
}

export interface DecidedSelection extends DecidedSince {
  readonly textures: readonly SelectedTexture[];
}

export const NOTHING_DECIDED: DecidedSince = { added: [], dropped: [], isOutdated: false };

/** Curate's own selection in an export folder; null where there is none. */
export async function curatedSelection(platform: Platform, exportFolder: string): Promise<string | null> {
  const path = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  return (await platform.files.exists(path)) ? path : null;
}

/**
 * Reads curate's selection. What was kept, rejected or named since is honoured: kept ones come first in their families, as
 * curate puts them. Stars change a choice only when curate chooses again.
 * @throws MalformedFileError where the selection is none; NotAllowedError, FileSystemError
 */
export async function readDecidedSelection(
  platform: Platform,
  path: string,
  palette: Palette,
): Promise<DecidedSelection> {
  const selection = await readSelection(platform, path, palette.families);
  // What nobody can read decides nothing new; curate and the studio report it.
  const decisions = await readDecisions(platform, palette.exportFolder).catch((error) => {
    if (error instanceof MalformedFileError) return null;
    throw error;
  });
  const isOutdated =
    decisions !== null &&
    selection.decisions !== undefined &&
    selection.decisions !== decisionsDigest(decisions);
  if (!isOutdated) return { textures: selection.textures, ...NOTHING_DECIDED };
  return { ...decided(selection, decisions, palette), isOutdated };
}

function decided(
  { textures }: Selection,
  decisions: Decisions,
  palette: Palette,
): Omit<DecidedSelection, 'isOutdated'> {
  const there = new Map(palette.textures.map((texture) => [texture.path, texture.family]));
  const chosen = new Set(textures.map(({ path }) => path));
  const isKept = (path: string) => decisions.get(path)?.decision === 'keep';
  const isRejected = (path: string) => decisions.get(path)?.decision === 'reject';
  const added = [...there.keys()].filter((path) => isKept(path) && !chosen.has(path)).sort();
  const dropped = [...chosen].filter(isRejected);
  const all: Omit<SelectedTexture, 'rank'>[] = [
    ...added.map((path) => ({ path, family: there.get(path)! })),
    ...textures.filter(({ path }) => isKept(path)),
    ...textures.filter(({ path }) => !isKept(path) && !isRejected(path)),
  ];
  const ranks = new Map<FamilyId, number>();
  return {
    added,
    dropped,
    textures: all.map((texture) => {
      const rank = (ranks.get(texture.family) ?? 0) + 1;
      ranks.set(texture.family, rank);
      const name = decisions.get(texture.path)?.name ?? texture.name;
      return {
        path: texture.path,
        family: texture.family,
        rank,
        ...(name === undefined ? {} : { name }),
      };
    }),
  };
}

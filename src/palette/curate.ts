/**
 * Curating: the best and most varied textures of each family of an export, copied into a folder of their own, with a
 * selection.json that says which they are.
 */

import { copyFresh } from '../archive/copy-file.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { faultSentences } from '../archive/manifest-fault.ts';
import { textIfThere } from '../archive/text-file.ts';
import { safeName } from '../config/safe-name.ts';
import type { Families } from '../config/settings.ts';
import { stemOf, TEXTURE_ENDING } from '../curation/texture-path.ts';
import { DECISIONS_FILE, type Decisions, decisionsDigest, readDecisions } from '../engine/decisions.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { ConfigError, MalformedFileError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import { dirname, join } from '../paths.ts';
import { DISK_LANES, inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import { type ChoiceRequest, type Choosing, type ChosenOne, chooseTextures } from './choose.ts';
import type { EmbeddingOptions } from './embeddings.ts';
import { openPalette, type Palette } from './palette.ts';
import { type ChosenTexture, readSelection, type Selection, selectionText } from './selection.ts';
import { type WholeFolder, writeWholeFolder } from './whole-folder.ts';

/** Where a selection lies unless it is asked for elsewhere: a folder in the export folder. */
export const CURATED_FOLDER = '_curated';

export const SELECTION_FILE = 'selection.json';

export interface CurateRequest extends ExportLocation, ChoiceRequest {
  /** Absolute; by default {@link CURATED_FOLDER} in the export folder. */
  readonly outFolder?: string;
  /** Replaces what an earlier curate put there also where somebody added, changed or removed something since; what others put there stays. */
  readonly force: boolean;
  /** Chooses, and writes nothing. */
  readonly dryRun: boolean;
  /** All families that there are. Default: those of this program. */
  readonly known?: Families;
  /** See {@link WholeFolder.beforeSwap}. */
  readonly beforeSwap?: WholeFolder['beforeSwap'];
}

/** What was chosen, without what was not. */
export interface SelectionFacts extends Pick<Choosing, 'failed'> {
  /** Absolute. */
  readonly outFolder: string;
  readonly selectionPath: string;
  readonly selection: Selection;
  readonly warnings: readonly string[];
}

export interface Curated extends Choosing, SelectionFacts {
  /** An earlier curate had chosen the very same. */
  readonly isAsBefore: boolean;
}

export function selectionFacts({ families: _, isAsBefore: __, ...facts }: Curated): SelectionFacts {
  return facts;
}

/**
 * Chooses, and copies what is chosen into a folder that appears as a whole, or not at all.
 * @throws ConfigError where something lies in the folder that is not as an earlier curate left it and it is not forced, or none of it is
 * curate's
 * @throws BusyError while a run works in the export
 * @throws MalformedFileError where curation.json is none, or the selection of which other families are to stay
 * @throws NotAllowedError outside the export root; DiskFullError, FileSystemError
 * @throws the signal's reason once it is aborted; what was there is then still there
 */
export async function curate(
  platform: Platform,
  request: CurateRequest,
  options: EmbeddingOptions = {},
): Promise<Curated> {
  const { exportFolder, exportRoot, dryRun } = request;
  const outFolder = request.outFolder ?? join(exportFolder, CURATED_FOLDER);
  if (outFolder === exportFolder) {
    throw new ConfigError(
      'A selection lies in a folder of its own; let --out name one inside the export folder.',
    );
  }
  // Before the lock: it would make the folder where there is none.
  await openPalette(platform, exportFolder, request.known);
  if (dryRun) return choose(platform, request, outFolder, options);
  return withExportFolder(platform, request, async () => {
    return writeWholeFolder(
      platform,
      {
        folder: outFolder,
        root: exportRoot,
        force: request.force,
        renews: true,
        kind: 'selection',
        unrecorded: (there: string) => filesOfSelection(platform, there, request.known ?? FAMILIES),
        beforeSwap: request.beforeSwap,
      },
      async (staging, digests) => {
        const curated = await choose(platform, request, outFolder, options);
        await fillFolder(platform, curated, request, { staging, digests, signal: options.signal });
        return curated;
      },
    );
  });
}

async function choose(
  platform: Platform,
  request: CurateRequest,
  outFolder: string,
  options: EmbeddingOptions,
): Promise<Curated> {
  const palette = await openPalette(platform, request.exportFolder, request.known);
  const decisions = await readDecisions(platform, request.exportFolder);
  const choosing = await chooseTextures(platform, palette, decisions, request, {
    ...options,
    keeps: !request.dryRun,
  });
  const selectionPath = join(outFolder, SELECTION_FILE);
  const earlier = await chosenBefore(platform, selectionPath, request.families, palette);
  const textures = [...choosing.families.flatMap(({ chosen }) => chosen.map(entryOf)), ...earlier.textures];
  const selection: Selection = {
    version: 1,
    engine_version: ENGINE_VERSION,
    decisions: earlier.textures.length === 0 ? decisionsDigest(decisions) : earlier.decisions,
    textures: palette.families.flatMap(({ id }) => textures.filter(({ family }) => family === id)),
  };
  const warnings = [...lostDecisions(decisions, palette), ...lostTextures(earlier.gone)].concat(
    faultSentences(palette.faults),
  );
  const before = await textIfThere(platform, selectionPath);
  const isAsBefore = before === selectionText(selection);
  return { ...choosing, isAsBefore, outFolder, selectionPath, selection, warnings };
}

/** Of an earlier selection in its place, where only some families are chosen anew. */
interface ChosenBefore extends Pick<Selection, 'decisions'> {
  /** Of the other families: they stay. */
  readonly textures: readonly ChosenTexture[];
  /** Paths of those that would stay, and that the export no longer holds. */
  readonly gone: readonly string[];
}

/**
 * What was chosen of other families. The decisions by which it was chosen stay named, or unnamed, so that what was decided
 * since is still honoured.
 * @throws MalformedFileError where the earlier selection is none: nobody knows then what is to stay
 */
async function chosenBefore(
  platform: Platform,
  path: string,
  families: ChoiceRequest['families'],
  palette: Palette,
): Promise<ChosenBefore> {
  if (families === null || !(await platform.files.exists(path))) return { textures: [], gone: [] };
  const there = new Set(palette.textures.map((texture) => texture.path));
  const earlier = await readSelection(platform, path, palette.families);
  const others = earlier.textures.filter(({ family }) => !families.includes(family));
  return {
    decisions: earlier.decisions,
    textures: others.filter((one) => there.has(one.path)),
    gone: others.map((one) => one.path).filter((one) => !there.has(one)),
  };
}

function entryOf({ texture, rank, quality, nearest, decision }: ChosenOne): ChosenTexture {
  return {
    path: texture.path,
    family: texture.family,
    rank,
    quality: rounded(quality.quality),
    novelty: nearest && rounded(nearest.distance),
    ...(decision.name === undefined ? {} : { name: decision.name }),
  };
}

/** Enough digits to rank by. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}

function lostDecisions(decisions: Decisions, { textures }: Palette): string[] {
  const there = new Set(textures.map(({ path }) => path));
  const lost = [...decisions.keys()].filter((path) => !there.has(path));
  return lost.length === 0
    ? []
    : [`${DECISIONS_FILE} decides on ${firstOf(lost)}, which the export does not hold`];
}

function lostTextures(gone: ChosenBefore['gone']): string[] {
  const verb = gone.length === 1 ? 'is gone and is' : 'are gone and are';
  return gone.length === 0 ? [] : [`${SELECTION_FILE} held ${firstOf(gone)}, which ${verb} left out`];
}

function firstOf([first, ...others]: readonly string[]): string {
  return `“${first}”${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** A folder that nobody sees yet. */
interface FolderAtWork {
  readonly staging: string;
  /** Receives the SHA-256 of copies that is known from their textures. */
  readonly digests: Map<string, string>;
  readonly signal: AbortSignal | undefined;
}

async function fillFolder(
  platform: Platform,
  { selection, families }: Curated,
  { exportFolder, known = FAMILIES }: CurateRequest,
  { staging, digests, signal }: FolderAtWork,
): Promise<void> {
  const hashed = new Map(
    families.flatMap(({ chosen }) => chosen.map(({ texture, sha256 }) => [texture.path, sha256])),
  );
  await inLanes(selection.textures, DISK_LANES, signal, async (entry) => {
    const name = copyName(entry, known);
    await makeFolder(platform, dirname(join(staging, name)));
    await copyFresh(platform, join(exportFolder, entry.path), join(staging, name));
    // What stays of families that were not asked for is hashed with the folder.
    const sha256 = hashed.get(entry.path);
    if (sha256) digests.set(name, sha256);
  });
  signal?.throwIfAborted();
  await platform.files.write(
    join(staging, SELECTION_FILE),
    new TextEncoder().encode(selectionText(selection)),
  );
}

/** What a selection without a record had copied, and itself; composed (NFC), though some file systems take names apart. */
async function filesOfSelection(platform: Platform, folder: string, known: Families): Promise<Set<string>> {
  const path = join(folder, SELECTION_FILE);
  if (!(await platform.files.exists(path))) return new Set();
  const selection = await readSelection(platform, path, known).catch(unlessMalformed);
  const copies = selection?.textures.map((chosen) => copyName(chosen, known)) ?? [];
  return new Set([SELECTION_FILE, ...copies]);
}

function unlessMalformed(error: unknown): null {
  if (error instanceof MalformedFileError) return null;
  throw error;
}

/** `pads/03_choir_pad_warm.wav`: where a chosen texture's copy lies in the folder of its selection. */
function copyName({ path, family, rank, name }: ChosenTexture, known: Families): string {
  const stem = name ?? stemOf(path);
  const { folder } = familyOf(family, known);
  return `${folder}/${String(rank).padStart(2, '0')}_${safeName(stem, 200, 'texture')}${TEXTURE_ENDING}`;
}

/** One export folder as the studio shows it: its palette, what curate chose of it, what was decided on it. */
import { journalPath } from '../../archive/journal.ts';
import { manifestPath } from '../../archive/manifest.ts';
import { faultSentences } from '../../archive/manifest-fault.ts';
import { MANIFEST_COLUMNS } from '../../archive/manifest-row.ts';
import { stampOf } from '../../archive/stamp.ts';
import { DECISIONS_FILE, type Decisions, readDecisions } from '../../engine/decisions.ts';
import { isInside } from '../../engine/export-clash.ts';
import type { ExportLocation } from '../../engine/export-location.ts';
import { AfterglowError, NotAllowedError } from '../../errors.ts';
import { FAMILIES } from '../../families/index.ts';
import { CURATED_FOLDER, SELECTION_FILE } from '../../palette/curate.ts';
import { openPalette, type Palette, type PaletteTexture } from '../../palette/palette.ts';
import { readSelection } from '../../palette/selection.ts';
import { rankedByWorth, type Worth } from '../../palette/worth.ts';
import { basename, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { readable, titleOf } from '../../report/title.ts';
import type { ExportFolder, Texture } from '../protocol.ts';
import { digestText } from './digest-text.ts';

/** A texture, and what the page receives of it. */
export interface IndexedTexture {
  readonly texture: PaletteTexture;
  readonly shown: Omit<Texture, 'decision'>;
}

export interface ExportIndex extends ExportLocation {
  readonly facts: ExportFolder;
  /** By id, sorted by path. */
  readonly textures: ReadonlyMap<string, IndexedTexture>;
  /** By path. */
  readonly decisions: Decisions;
  /** Of the files that it was read from. */
  readonly stamps: IndexStamps;
}

interface IndexStamps {
  /** Of what says which textures there are. */
  readonly palette: string;
  /** Of what was decided. */
  readonly decisions: string;
}

/** An export folder that is to be shown. */
export interface StudioExport extends ExportLocation {
  readonly id: string;
  /** As the user would name it. */
  readonly shown: string;
}

/** What the files of an export look like now. */
export async function stampsOf(platform: Platform, { exportFolder }: ExportLocation): Promise<IndexStamps> {
  const digest = async (paths: readonly string[]) => {
    const stamps = await Promise.all(paths.map((path) => stampOf(platform, path)));
    return digestText(stamps.map((stamp) => stamp?.text ?? '-').join('\n'));
  };
  const selection = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  return {
    palette: await digest([manifestPath(exportFolder), journalPath(exportFolder), selection]),
    decisions: await digest([join(exportFolder, DECISIONS_FILE)]),
  };
}

/** Reads an export. What is wrong with it stands in its facts; it is no reason not to show the others. */
export async function readExportIndex(platform: Platform, site: StudioExport): Promise<ExportIndex> {
  const { exportFolder, exportRoot, id, shown } = site;
  // Looked at before reading: what changes meanwhile is read again.
  const stamps = await stampsOf(platform, site);
  const warnings: string[] = [];
  const textures = new Map<string, IndexedTexture>();
  let problem: string | null = null;
  let decisions: Decisions = new Map();
  try {
    await assertWithin(platform, manifestPath(exportFolder), exportFolder);
    await assertWithin(platform, journalPath(exportFolder), exportFolder);
    const palette = await openPaletteOrNone(platform, exportFolder);
    warnings.push(...faultSentences(palette.faults).map((sentence) => `${sentence}.`));
    const inside = await thoseWithin(platform, palette.textures, exportFolder);
    const outside = palette.textures.length - inside.length;
    if (outside > 0)
      warnings.push(`${outside} of its files lead out of the export folder and are not shown.`);
    const ranks = await ranksIn(platform, exportFolder).catch((error) => {
      warnings.push(messageOf(error));
      return new Map<string, number>();
    });
    const worths = new Map(
      rankedByWorth({ ...palette, textures: inside }, ranks).map((one, i) => [
        one.texture,
        { ...one, place: i + 1 },
      ]),
    );
    for (const texture of inside) {
      const entry = await indexedTexture(platform, worths.get(texture)!, id);
      textures.set(entry.shown.id, entry);
    }
    decisions = await decisionsIn(platform, exportFolder).catch((error) => {
      warnings.push(messageOf(error));
      return new Map();
    });
  } catch (error) {
    problem = messageOf(error);
  }
  const warning = warnings.length === 0 ? null : warnings.join(' ');
  const facts = { id, name: readable(basename(exportFolder)), folder: shown, problem, warning };
  return { exportFolder, exportRoot, facts, textures, decisions, stamps };
}

/** A folder without a manifest is one in which nothing was made yet. */
async function openPaletteOrNone(platform: Platform, exportFolder: string): Promise<Palette> {
  const { files } = platform;
  const isStarted =
    (await files.exists(manifestPath(exportFolder))) || (await files.exists(journalPath(exportFolder)));
  if (isStarted || !(await files.exists(exportFolder))) return openPalette(platform, exportFolder);
  return { exportFolder, families: FAMILIES, textures: [], gone: [], faults: [] };
}

/** The id of a texture, the same on every start. */
function textureId(exportId: string, path: string): string {
  return `${exportId}-${digestText(path)}`;
}

/** What the page receives of a texture. @param rank place that curate gave it; null where it was not chosen */
export async function indexedTexture(
  platform: Platform,
  { texture, rank, place }: Pick<Worth, 'texture' | 'rank'> & { readonly place: number },
  exportId: string,
): Promise<IndexedTexture> {
  const { path, name, family, source, variant, row, file } = texture;
  const { title, part, source: sourceTitle } = titleOf(name, source);
  const { durationSec, channelCount, sampleRate, grade, gradeReasons, lufs, centroidHz, root } = texture;
  const shown: IndexedTexture['shown'] = {
    id: textureId(exportId, path),
    export: exportId,
    path,
    name,
    title,
    part,
    sourceTitle,
    family,
    source,
    variant,
    durationSec,
    channelCount,
    sampleRate,
    loop: texture.isLoop ? { start: Number(row.loop_start), end: Number(row.loop_end) + 1 } : null,
    grade,
    gradeReasons,
    lufs,
    centroidHz,
    root,
    rank,
    worth: place,
    stamp: digestText((await stampOf(platform, file))?.text ?? ''),
    figures: MANIFEST_COLUMNS.map((column) => row[column]),
  };
  return { texture, shown };
}

/** Textures whose files, all links resolved, lie in a folder: a manifest from elsewhere may name any path. */
async function thoseWithin(
  { files }: Platform,
  textures: readonly PaletteTexture[],
  folder: string,
): Promise<PaletteTexture[]> {
  const root = await files.realPath(folder);
  const reals = await Promise.all(textures.map(({ file }) => files.realPath(file).catch(() => null)));
  return textures.filter((_, i) => reals[i] !== null && isBelow(reals[i], root));
}

/** @throws NotAllowedError where a file that is there leads out of a folder, links resolved: nothing of it is sent */
async function assertWithin({ files }: Platform, path: string, folder: string): Promise<void> {
  const real = await files.realPath(path).catch((error) => {
    // What curate makes again is away for a moment.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (real === null || isBelow(real, await files.realPath(folder))) return;
  throw new NotAllowedError(`“${path}” leads out of its export folder, and is not read; remove that link.`);
}

function isBelow(path: string, folder: string): boolean {
  return path !== folder && isInside(path, folder);
}

async function decisionsIn(platform: Platform, exportFolder: string): Promise<Decisions> {
  await assertWithin(platform, join(exportFolder, DECISIONS_FILE), exportFolder);
  return readDecisions(platform, exportFolder);
}

/** Places of chosen textures, where the export folder holds a selection. */
async function ranksIn(platform: Platform, exportFolder: string): Promise<ReadonlyMap<string, number>> {
  const path = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  if (!(await platform.files.exists(path))) return new Map();
  await assertWithin(platform, path, exportFolder);
  const { textures } = await readSelection(platform, path);
  return new Map(textures.map(({ path, rank }) => [path, rank]));
}

function messageOf(error: unknown): string {
  if (error instanceof AfterglowError) return error.message;
  throw error;
}

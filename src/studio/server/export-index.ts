/** One export folder as the studio shows it: its palette, what curate chose of it, what was decided on it. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { journalPath } from '../../archive/journal.ts';
import { manifestPath } from '../../archive/manifest.ts';
import { MANIFEST_COLUMNS } from '../../archive/manifest-row.ts';
import { stampOf } from '../../archive/stamp.ts';
import { DECISIONS_FILE, type Decisions, readDecisions } from '../../engine/decisions.ts';
import type { ExportLocation } from '../../engine/export-location.ts';
import { AfterglowError, NotAllowedError } from '../../errors.ts';
import { CURATED_FOLDER, SELECTION_FILE } from '../../palette/curate.ts';
import { openPalette, type PaletteTexture } from '../../palette/palette.ts';
import { readSelection } from '../../palette/selection.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { readable, titleOf } from '../../report/title.ts';
import type { ExportFolder, Texture } from '../protocol.ts';
import { isWithin } from './file.ts';
import { digestText } from './stamp-text.ts';

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
export async function stampsOf({ exportFolder }: ExportLocation): Promise<IndexStamps> {
  const digest = async (paths: readonly string[]) => {
    const stamps = await Promise.all(paths.map((path) => stampOf(nodePlatform, path)));
    return digestText(stamps.map((stamp) => stamp?.text ?? '-').join('\n'));
  };
  const selection = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  return {
    palette: await digest([manifestPath(exportFolder), journalPath(exportFolder), selection]),
    decisions: await digest([join(exportFolder, DECISIONS_FILE)]),
  };
}

/** Reads an export. What is wrong with it stands in its facts; it is no reason not to show the others. */
export async function readExportIndex(site: StudioExport): Promise<ExportIndex> {
  const { exportFolder, exportRoot, id, shown } = site;
  // Looked at before reading: what changes meanwhile is read again.
  const stamps = await stampsOf(site);
  const warnings: string[] = [];
  const textures = new Map<string, IndexedTexture>();
  let problem: string | null = null;
  let decisions: Decisions = new Map();
  try {
    assertWithin(manifestPath(exportFolder), exportFolder);
    assertWithin(journalPath(exportFolder), exportFolder);
    const palette = await openPalette(nodePlatform, exportFolder);
    const inside = palette.textures.filter(liesWithin(exportFolder));
    const outside = palette.textures.length - inside.length;
    if (outside > 0)
      warnings.push(`${outside} of its files lead out of the export folder and are not shown.`);
    const ranks = await ranksIn(exportFolder).catch((error) => {
      warnings.push(messageOf(error));
      return new Map<string, number>();
    });
    for (const texture of inside) {
      const entry = await indexedTexture(texture, id, ranks.get(texture.path) ?? null);
      textures.set(entry.shown.id, entry);
    }
    decisions = await decisionsIn(exportFolder).catch((error) => {
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

/** The id of a texture, the same on every start. */
function textureId(exportId: string, path: string): string {
  return `${exportId}-${digestText(path)}`;
}

async function indexedTexture(
  texture: PaletteTexture,
  exportId: string,
  rank: number | null,
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
    stamp: digestText((await stampOf(nodePlatform, file))?.text ?? ''),
    figures: MANIFEST_COLUMNS.map((column) => row[column]),
  };
  return { texture, shown };
}

/** Whether a texture's file, all links resolved, lies in a folder: a manifest from elsewhere may name any path. */
function liesWithin(folder: string): (texture: PaletteTexture) => boolean {
  const root = realpathSync.native(folder);
  return ({ file }) => {
    try {
      return isWithin(realpathSync.native(file), root);
    } catch {
      return false;
    }
  };
}

/** @throws NotAllowedError where a file that is there leads out of a folder, links resolved: nothing of it is sent */
function assertWithin(path: string, folder: string): void {
  const real = realPath(path);
  if (real === null || isWithin(real, realpathSync.native(folder))) return;
  throw new NotAllowedError(`“${path}” leads out of its export folder, and is not read; remove that link.`);
}

/** Null where nothing lies there, or no more: what curate makes again is away for a moment. */
function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function decisionsIn(exportFolder: string): Promise<Decisions> {
  assertWithin(join(exportFolder, DECISIONS_FILE), exportFolder);
  return readDecisions(nodePlatform, exportFolder);
}

/** Places of chosen textures, where the export folder holds a selection. */
async function ranksIn(exportFolder: string): Promise<ReadonlyMap<string, number>> {
  const path = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  if (!existsSync(path)) return new Map();
  assertWithin(path, exportFolder);
  const { textures } = await readSelection(nodePlatform, path);
  return new Map(textures.map(({ path, rank }) => [path, rank]));
}

function messageOf(error: unknown): string {
  if (error instanceof AfterglowError) return error.message;
  throw error;
}

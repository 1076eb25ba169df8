/** The report: one page that shows and plays every texture of an export folder. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { openByteFile } from '../archive/byte-file.ts';
import { assertInside } from '../archive/export-root.ts';
import { MANIFEST_COLUMNS } from '../archive/manifest-row.ts';
import { writeAtomic } from '../archive/write.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, NotAllowedError } from '../errors.ts';
import { overviewOf } from '../report/overview.ts';
import type { SheetTexture } from '../report/page/contract.ts';
import { packOverview } from '../report/page/overview.ts';
import { type Blocks, GENERATOR, pageText } from '../report/page.ts';
import { type PreviewSize, previewOf } from '../report/preview.ts';
import { readable, titleOf } from '../report/title.ts';
import { CURATED_FOLDER, SELECTION_FILE } from './curate.ts';
import { digest, pageParts } from './page-parts.ts';
import { openPalette, type PaletteTexture, readTexture } from './palette.ts';
import { readSelection } from './selection.ts';

export interface ReportWish {
  readonly exportFolder: string;
  /** Where the page goes; absolute. */
  readonly path: string;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  readonly previews: PreviewSize;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface ReportResult {
  readonly path: string;
  readonly textures: number;
  readonly bytes: number;
  /** Textures that could not be read, which the page leaves out. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Makes the page and writes it, over an older one.
 * @throws FileSystemError where nothing was excavated, or the page cannot be written
 * @throws NotAllowedError outside the root, or where something else than a report stands there
 * @throws MalformedFileError where the selection is none
 * @throws the signal's reason once it is aborted; then nothing is written
 */
export async function writeReport(wish: ReportWish): Promise<ReportResult> {
  const { textures } = await openPalette(wish.exportFolder);
  // Asked before the work rather than after it.
  if (wish.root !== null) assertInside(wish.path, wish.root);
  await assertOurs(wish.path);
  const ranks = await ranksIn(wish.exportFolder);
  const failed: { path: string; message: string }[] = [];
  const shown: SheetTexture[] = [];
  const blocks: Blocks[] = [];
  for (const [done, texture] of textures.entries()) {
    wish.signal?.throwIfAborted();
    wish.onProgress?.(done, textures.length);
    try {
      const { entry, block } = await present(texture, wish, ranks.get(texture.path) ?? null);
      shown.push(entry);
      blocks.push(block);
    } catch (error) {
      if (!(error instanceof AfterglowError)) throw error;
      failed.push({ path: texture.path, message: error.message });
    }
  }
  const sheet = {
    title: readable(basename(wish.exportFolder)),
    engineVersion: ENGINE_VERSION,
    columns: MANIFEST_COLUMNS,
    textures: shown,
  };
  const bytes = new TextEncoder().encode(pageText(sheet, blocks, pageParts(), digest));
  await writeAtomic(wish.path, bytes, wish.root);
  return { path: wish.path, textures: shown.length, bytes: bytes.length, failed };
}

async function present(texture: PaletteTexture, { path, previews }: ReportWish, rank: number | null) {
  const sound = await readTexture(texture);
  const preview = previews === 'none' ? null : previewOf(sound, previews, texture.isLoop);
  const entry: SheetTexture = {
    path: texture.path,
    href: hrefOf(texture.file, path),
    ...titleOf(texture.name, texture.source),
    family: texture.family,
    durationSec: texture.durationSec,
    isLoop: texture.isLoop,
    grade: texture.grade,
    gradeReasons: texture.gradeReasons,
    lufs: texture.lufs,
    centroidHz: texture.centroidHz,
    root: texture.root ? texture.row.root_note : '',
    rank,
    figures: MANIFEST_COLUMNS.map((column) => texture.row[column]),
    preview: preview && {
      frameCount: preview.frameCount,
      channelCount: preview.channelCount,
      sampleRate: preview.sampleRate,
    },
  };
  const overview = packOverview(overviewOf(sound, texture.isLoop));
  return { entry, block: { overview, preview: preview?.bytes ?? null } };
}

/** A report is made anew freely; whatever else stands in its place is somebody's. */
async function assertOurs(path: string): Promise<void> {
  if (!existsSync(path)) return;
  if ((await beginning(path)).includes(GENERATOR)) return;
  throw new NotAllowedError(
    `“${path}” is no report of afterglow, so it is left as it is; name another file.`,
    {
      context: { path },
    },
  );
}

/** The first 2 kB, as text: the page says there what made it. */
async function beginning(path: string): Promise<string> {
  const file = await openByteFile(path);
  const bytes = await file.read(0, 2048).finally(() => file.close());
  return new TextDecoder().decode(bytes);
}

/** Places of chosen textures, where the export folder holds a selection. */
async function ranksIn(exportFolder: string): Promise<ReadonlyMap<string, number>> {
  const path = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  if (!existsSync(path)) return new Map();
  const { textures } = await readSelection(path);
  return new Map(textures.map(({ path, rank }) => [path, rank]));
}

/** A file seen from a page, as links write it; `./` keeps a colon in a name from looking like a scheme. */
function hrefOf(file: string, page: string): string {
  return `./${relative(dirname(page), file).split(sep).map(encodeURIComponent).join('/')}`;
}

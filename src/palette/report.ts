/** The report: one page that shows and plays the textures of an export folder. */
import { openByteFile } from '../archive/byte-file.ts';
import { assertInside } from '../archive/export-root.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Families } from '../config/settings.ts';
import { AfterglowError, NotAllowedError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type ByteBudget, createByteBudget, PAGE_BYTES, rowBytes } from '../report/byte-budget.ts';
import { shownFamilies } from '../report/families.ts';
import { overviewOf, reduced } from '../report/overview.ts';
import type { PackedShape } from '../report/page/contract.ts';
import { packOverview } from '../report/page/overview.ts';
import { type Blocks, blockLength, GENERATOR, pageText } from '../report/page.ts';
import { type PreviewSize, previewOf } from '../report/preview.ts';
import { digest, pageParts } from './page-parts.ts';
import { openPalette, readTexture } from './palette.ts';
import { packedSheet, rowsWithin, type SheetRow, sheetBytes, sortedByPath } from './report-sheet.ts';
import { byWorth, type Worth } from './worth.ts';

export interface ReportRequest {
  readonly exportFolder: string;
  /** Default: those of this program. */
  readonly families?: Families;
  /** Where the page goes; absolute. */
  readonly path: string;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  readonly previews: PreviewSize;
  /** Of the page; 25 MB where it is left out. The page itself takes 100 kB. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface ReportResult {
  readonly path: string;
  /** Textures that the page lists. */
  readonly textures: number;
  /** Textures of the export; more than are listed only where rows alone would make the page too large. */
  readonly all: number;
  /** How many of those that are listed the page has a picture of, and how many a sound. */
  readonly pictures: number;
  readonly sounds: number;
  readonly bytes: number;
  /** Textures that could not be read, which the page leaves out. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Makes the page and writes it, over an older one. What has no room in it is not read: the page says where it lies, and plays
 * it from there.
 * @throws FileSystemError where nothing was excavated, or the page cannot be written
 * @throws NotAllowedError outside the root, or where something else than a report stands there
 * @throws MalformedFileError where the selection is none
 * @throws the signal's reason once it is aborted; then nothing is written
 */
export async function writeReport(platform: Platform, request: ReportRequest): Promise<ReportResult> {
  const { path, root, exportFolder, mostBytes = PAGE_BYTES, families = FAMILIES } = request;
  const palette = await openPalette(platform, exportFolder, families);
  // Asked before the work rather than after it.
  if (root !== null) await assertInside(platform, path, root);
  await assertOurs(platform, path);
  const parts = await pageParts(platform);
  const worths = await byWorth(platform, palette);
  const shownThere = shownFamilies(palette.families);
  const sheet = (rows: readonly Shown[], unlisted: number) =>
    packedSheet(palette, path, rows, unlisted, shownThere);
  const page = (rows: readonly Shown[], unlisted: number) =>
    pageText(sheet(rows, unlisted), rows, parts, digest);
  const free = mostBytes - total(page([], worths.length));
  const listed = worths.slice(0, rowsWithin(palette, path, worths, rowBytes(free), shownThere));
  const unlisted = worths.length - listed.length;
  const rows = sheetBytes(sheet(sortedByPath(listed.map(withoutSound)), unlisted));
  const budget = createByteBudget(free - rows, listed.length);
  const { shown, failed } = await lookThrough(platform, listed, budget, request);
  await writeAtomic(platform, path, encoded(page(sortedByPath(shown), unlisted)), root);
  const bytes = (await platform.files.stat(path))?.size ?? 0;
  return {
    path,
    bytes,
    failed,
    textures: shown.length,
    all: palette.textures.length,
    pictures: shown.filter(({ overview }) => overview !== null).length,
    sounds: shown.filter(({ preview }) => preview !== null).length,
  };
}

/** A row of the page with what the page has of it. */
type Shown = SheetRow & Blocks;

const withoutSound = (worth: Worth): Shown => ({ ...worth, overview: null, preview: null, shape: 0 });

/** Reads what has room, the most worth having first. */
async function lookThrough(
  platform: Platform,
  listed: readonly Worth[],
  budget: ByteBudget,
  request: ReportRequest,
) {
  const shown: Shown[] = [];
  const failed: { path: string; message: string }[] = [];
  for (const [done, worth] of listed.entries()) {
    request.signal?.throwIfAborted();
    request.onProgress?.(done, listed.length);
    if (!budget.fitsReduced()) {
      shown.push(withoutSound(worth));
      continue;
    }
    try {
      shown.push({
        ...worth,
        ...(await presented(platform, worth, budget, listed.length, request.previews)),
      });
    } catch (error) {
      if (!(error instanceof AfterglowError)) throw error;
      budget.spend(0);
      failed.push({ path: worth.texture.path, message: error.message });
    }
  }
  return { shown, failed };
}

/** Picture and sound of a texture, or, where the budget does not hold them, a reduced picture. */
async function presented(
  platform: Platform,
  { texture }: Worth,
  budget: ByteBudget,
  count: number,
  previews: PreviewSize,
) {
  const sound = await readTexture(platform, texture);
  const fine = overviewOf(sound, texture.isLoop);
  const overview = packOverview(fine);
  const pictureBytes = blockLength(overview.length, 'overview', count);
  if (budget.fits(pictureBytes)) {
    const preview = previews === 'none' ? null : previewOf(sound, previews, texture.isLoop);
    const shape: PackedShape | 0 = preview
      ? [preview.frameCount, preview.channelCount, preview.sampleRate]
      : 0;
    const bytes = pictureBytes + (preview ? soundBytes(preview.bytes, shape, count) : 0);
    if (budget.fits(bytes)) {
      budget.spend(bytes);
      return { overview, preview: preview?.bytes ?? null, shape };
    }
  }
  const coarse = packOverview(reduced(fine));
  budget.spend(blockLength(coarse.length, 'overview', count));
  return { overview: coarse, preview: null, shape: 0 } as const;
}

function soundBytes(bytes: Uint8Array, shape: PackedShape | 0, count: number): number {
  return blockLength(bytes.length, 'preview', count) + JSON.stringify(shape).length;
}

function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const piece of pieces) yield encoder.encode(piece);
}

function total(pieces: Iterable<string>): number {
  let bytes = 0;
  for (const piece of encoded(pieces)) bytes += piece.length;
  return bytes;
}

/** A report is made again freely; whatever else stands in its place is somebody's. */
async function assertOurs(platform: Platform, path: string): Promise<void> {
  if (!(await platform.files.exists(path))) return;
  if ((await beginning(platform, path)).includes(GENERATOR)) return;
  throw new NotAllowedError(
    `“${path}” is no report of afterglow, so it is left as it is; name another file.`,
    { context: { path } },
  );
}

/** The first 2 kB, as text: the page says there what made it. */
async function beginning(platform: Platform, path: string): Promise<string> {
  const file = await openByteFile(platform, path);
  const bytes = await file.read(0, 2048).finally(() => file.close());
  return new TextDecoder().decode(bytes);
}

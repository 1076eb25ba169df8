/** The report: one page that shows and plays the textures of an export folder. */
import { openByteFile } from '../archive/byte-file.ts';
import { assertInside, mayWrite } from '../archive/export-root.ts';
import type { ManifestFault } from '../archive/manifest-fault.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Families } from '../config/settings.ts';
import { type HelperOptions, withHelpers } from '../engine/helpers.ts';
import { impressionsPath } from '../engine/impression-entries.ts';
import { NotAllowedError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { createByteBudget, PAGE_BYTES, rowBytes } from '../report/byte-budget.ts';
import { shownFamilies } from '../report/families.ts';
import { GENERATOR, PAGE_END, pageBeginning } from '../report/page.ts';
import type { PreviewSize } from '../report/preview.ts';
import { openImpressions, type Unread } from './impressions.ts';
import { digest, pageParts } from './page-parts.ts';
import { openPalette } from './palette.ts';
import { blocksOf, shareOut, withoutSound } from './report-blocks.ts';
import { packedSheet, rowsWithin, type SheetRow, sheetBytes, sortedByPath } from './report-sheet.ts';
import { byWorth } from './worth.ts';

export interface ReportRequest extends HelperOptions {
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
  readonly failed: readonly Unread[];
  /** See {@link Palette.faults}. */
  readonly impossible: readonly ManifestFault[];
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
  const sheet = (rows: readonly SheetRow[], unlisted: number) =>
    packedSheet(palette, path, rows, unlisted, shownThere);
  const beginning = (rows: readonly SheetRow[], unlisted: number) =>
    pageBeginning(sheet(rows, unlisted), parts, digest);
  const free = mostBytes - bytesOf(beginning([], worths.length) + PAGE_END).length;
  const listed = worths.slice(0, rowsWithin(palette, path, worths, rowBytes(free), shownThere));
  const unlisted = worths.length - listed.length;
  const rows = sheetBytes(sheet(sortedByPath(listed.map(withoutSound)), unlisted));
  const budget = createByteBudget(free - rows, listed.length);
  const file = await openImpressions(
    platform,
    palette,
    await mayWrite(platform, impressionsPath(exportFolder), root),
  );
  try {
    return await withHelpers(platform, request, async (helpers) => {
      const options = { ...request, helpers };
      const { shown, failed } = await shareOut(platform, file, listed, budget, options);
      const inPage = sortedByPath(shown);
      const blocks = blocksOf(file, inPage, options);
      await writeAtomic(platform, path, encoded(beginning(inPage, unlisted), blocks), root).catch((error) => {
        // The disk has nothing to do with it.
        request.signal?.throwIfAborted();
        throw error;
      });
      const bytes = (await platform.files.stat(path))?.size ?? 0;
      return {
        path,
        bytes,
        failed,
        impossible: palette.faults,
        textures: shown.length,
        all: palette.textures.length,
        pictures: shown.filter(({ picture }) => picture !== null).length,
        sounds: shown.filter(({ shape }) => shape !== 0).length,
      };
    });
  } finally {
    await file.close();
  }
}

/** The page's bytes, piece by piece. */
async function* encoded(beginning: string, blocks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  yield bytesOf(beginning);
  for await (const block of blocks) yield bytesOf(block);
  yield bytesOf(PAGE_END);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
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

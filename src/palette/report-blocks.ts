/** The pictures and sounds of a report: which textures have them in the page, and their blocks. */
import { type Helpers, inOrder } from '../engine/helpers.ts';
import { type Picture, previewEntry } from '../engine/impression-entries.ts';
import type { ImpressionFile } from '../engine/impression-file.ts';
import { FileSystemError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { adpcmBytes } from '../report/adpcm-encoder.ts';
import type { ByteBudget } from '../report/byte-budget.ts';
import { reduced } from '../report/overview.ts';
import { toBase64 } from '../report/page/base64.ts';
import type { PackedShape, PreviewShape } from '../report/page/contract.ts';
import { packOverview, unpackOverview } from '../report/page/overview.ts';
import { blockLength, blockText } from '../report/page.ts';
import type { PreviewSize, SoundingSize } from '../report/preview.ts';
import { takeImpressions, type Unread } from './impressions.ts';
import type { PaletteTexture } from './palette.ts';
import type { SheetRow } from './report-sheet.ts';
import type { Worth } from './worth.ts';

/** A row of the page with what the page has of it. */
export interface Shown extends SheetRow {
  /** Packed; null where there is no room for it. */
  readonly picture: Uint8Array | null;
  /** By which its impression is kept; null where its file was not looked at. */
  readonly key: string | null;
}

export interface BlockOptions {
  readonly previews: PreviewSize;
  readonly helpers: Helpers;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, all: number) => void;
}

/** Textures whose pictures are asked for at a time: a page has room for those of a few thousand. */
const AT_A_TIME = 512;

export const withoutSound = (worth: Worth): Shown => ({ ...worth, picture: null, key: null, shape: 0 });

/**
 * Shares out the room of a page, the most worth having first.
 * @param listed the most worth having first
 * @returns what is shown, and what cannot be read, which is not
 */
export async function shareOut(
  platform: Platform,
  file: ImpressionFile,
  listed: readonly Worth[],
  budget: ByteBudget,
  { previews, helpers, signal, onProgress }: BlockOptions,
): Promise<{ readonly shown: readonly Shown[]; readonly failed: readonly Unread[] }> {
  const shown: Shown[] = [];
  const failed: Unread[] = [];
  for (let start = 0; start < listed.length; start += AT_A_TIME) {
    const some = listed.slice(start, start + AT_A_TIME);
    if (!budget.fitsReduced()) {
      for (const worth of some) shown.push(withoutSound(worth));
      continue;
    }
    const pictures = new Map<string, SeenPicture>();
    const taker = {
      async kept({ path }: PaletteTexture, key: string) {
        pictures.set(path, { ...(await file.picture(key))!, key });
      },
      made: ({ path }: PaletteTexture, { picture, shapes, key }: SeenPicture) =>
        void pictures.set(path, { picture, shapes, key }),
    };
    const textures = some.map(({ texture }) => texture);
    const progress = (done: number) => onProgress?.(start + done, listed.length);
    const options = { helpers, signal, onProgress: progress };
    const unread = await takeImpressions(platform, file, textures, taker, options);
    const problems = new Map(unread.map((one) => [one.path, one]));
    for (const worth of some) {
      const { path } = worth.texture;
      const picture = pictures.get(path);
      // What has no room need not be read, whatever ails it.
      if (!budget.fitsReduced()) shown.push(withoutSound(worth));
      else if (picture) shown.push({ ...worth, ...presented(picture, budget, listed.length, previews) });
      else {
        budget.spend(0);
        failed.push(problems.get(path)!);
      }
    }
  }
  return { shown, failed };
}

/** A picture, and by what its impression is kept. */
interface SeenPicture extends Picture {
  readonly key: string;
}

/** Picture and sound of a texture, or, where the budget does not hold them, a reduced picture. */
function presented(
  { picture, shapes, key }: SeenPicture,
  budget: ByteBudget,
  count: number,
  previews: PreviewSize,
): Pick<Shown, 'picture' | 'shape' | 'key'> {
  const pictureBytes = blockLength(picture.length, 'overview', count);
  const shape = previews === 'none' ? 0 : packedShape(shapes[previews]);
  const bytes = pictureBytes + (shape === 0 ? 0 : soundBytes(shape, count));
  if (budget.fits(bytes)) {
    budget.spend(bytes);
    return { picture, shape, key };
  }
  const coarse = packOverview(reduced(unpackOverview(picture)));
  budget.spend(blockLength(coarse.length, 'overview', count));
  return { picture: coarse, shape: 0, key };
}

function packedShape({ frameCount, channelCount, sampleRate }: PreviewShape): PackedShape {
  return [frameCount, channelCount, sampleRate];
}

function soundBytes(shape: PackedShape, count: number): number {
  const [frameCount, channelCount] = shape;
  return blockLength(adpcmBytes(frameCount, channelCount), 'preview', count) + JSON.stringify(shape).length;
}

/**
 * The blocks of a page: pictures, then sounds, which are read where they are kept, and made a few ahead where they are not.
 * @param shown in the order of the sheet
 * @throws FileSystemError where a sound can no longer be read; the signal's reason once it is aborted
 */
export async function* blocksOf(
  file: ImpressionFile,
  shown: readonly Shown[],
  { previews, helpers, signal }: BlockOptions,
): AsyncGenerator<string> {
  for (const [place, { picture }] of shown.entries()) {
    if (picture) yield blockText('overview', place, toBase64(picture));
  }
  if (previews === 'none') return;
  const sounding = [...shown.entries()].filter(([, { shape }]) => shape !== 0);
  const ahead = 2 * helpers.lanes(sounding.length);
  const sounds = inOrder(sounding, ahead, async ([place, row]) => {
    signal?.throwIfAborted();
    return blockText('preview', place, await previewText(file, row, previews, helpers));
  });
  yield* sounds;
}

/** In base64. Small ones are kept; full ones take a quarter of the textures themselves. */
async function previewText(
  file: ImpressionFile,
  { texture, key }: Shown,
  size: SoundingSize,
  helpers: Helpers,
): Promise<string> {
  const isKept = size === 'small' && key !== null;
  const kept = isKept ? await file.preview(key) : null;
  if (kept) return new TextDecoder().decode(kept);
  const made = await helpers.run('preview', { file: texture.file, isLoop: texture.isLoop, size });
  if (typeof made !== 'string') throw new FileSystemError(made.problem, { context: { path: texture.file } });
  if (isKept) await file.add([previewEntry(key, made)]);
  return made;
}

/**
 * What is heard and seen of a texture without its sound: its embedding (for choosing, the map, and what sounds like it), its
 * picture, and how large its previews are. Curate, report and studio take it from here, so it is made once for each sound:
 * see `impression-file.ts`. A batch makes it with the texture
 * (`impress-texture.ts`), whatever else asks for it of the texture's file.
 */
import { contentHash } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import { embedSound } from '../curation/embedding.ts';
import type { Sound } from '../dsp/sound.ts';
import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { overviewOf } from '../report/overview.ts';
import type { PreviewShape } from '../report/page/contract.ts';
import { packOverview } from '../report/page/overview.ts';
import { fullShape, type SoundingSize, smallShape } from '../report/preview.ts';

export interface Impression {
  /** See `curation/embedding.ts`. */
  readonly embedding: Float32Array;
  /** Packed: see `report/page/overview.ts`. */
  readonly picture: Uint8Array;
  /** Of previews, which are made only where a page has room for them. */
  readonly shapes: Readonly<Record<SoundingSize, PreviewShape>>;
}

/** The file of a texture. */
export interface ImpressionRequest {
  /** Absolute. */
  readonly file: string;
  readonly isLoop: boolean;
}

/** What an impression is kept by: of the same bytes a loop, which is read round its end, has another than what plays once. */
export function impressionKey(sha256: string, isLoop: boolean): string {
  return isLoop ? sha256 : `${sha256}-once`;
}

/** The SHA-256 in an {@link impressionKey}. */
export function digestInKey(key: string): string {
  return key.split('-')[0];
}

/** An impression, and of which bytes. */
export interface MadeImpression extends Impression {
  readonly sha256: string;
  /** See {@link impressionKey}. */
  readonly key: string;
  /** The file's stamp; empty where it was written so lately that it could change without changing that. */
  readonly stamp: string;
}

/** @param sound as the texture's file has it, to the bit: what is rounded or dithered is another sound */
export function impressionOf(sound: Sound, isLoop: boolean): Impression {
  return {
    embedding: embedSound(sound, isLoop),
    picture: packOverview(overviewOf(sound, isLoop)),
    shapes: { small: smallShape(sound), full: fullShape(sound) },
  };
}

/** Reads a file and makes its impression, or says in a sentence why it cannot be read. */
export async function makeImpression(
  platform: Platform,
  { file, isLoop }: ImpressionRequest,
): Promise<MadeImpression | { readonly problem: string }> {
  try {
    const stamp = await stampOf(platform, file);
    const isSure = stamp !== null && isSettled(stamp, platform.clock.now());
    const sha256 = await contentHash(platform, file);
    const sound = await readWholeSound(platform, file);
    if ((await stampOf(platform, file))?.text !== stamp?.text) {
      return { problem: `“${file}” changed while it was read; run this again once it is whole.` };
    }
    return {
      sha256,
      key: impressionKey(sha256, isLoop),
      stamp: isSure ? stamp.text : '',
      ...impressionOf(sound, isLoop),
    };
  } catch (error) {
    if (!(error instanceof AfterglowError)) throw error;
    return { problem: error.message };
  }
}

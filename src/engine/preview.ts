import { readWholeSound } from '../archive/whole-sound.ts';
import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { toBase64 } from '../report/page/base64.ts';
import { previewOf, type SoundingSize } from '../report/preview.ts';
import type { ImpressionRequest } from './impression.ts';

export interface PreviewRequest extends ImpressionRequest {
  readonly size: SoundingSize;
}

/** The sound of a texture as a page carries it, in base64; or, in a sentence, why it cannot be read. */
export async function makePreview(
  platform: Platform,
  { file, size, isLoop }: PreviewRequest,
): Promise<string | { readonly problem: string }> {
  try {
    return toBase64(previewOf(await readWholeSound(platform, file), size, isLoop).bytes);
  } catch (error) {
    if (!(error instanceof AfterglowError)) throw error;
    return { problem: error.message };
  }
}

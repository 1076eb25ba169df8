import type { Sound } from '../dsp/sound.ts';
import type { Platform } from '../platform/platform.ts';
import { openSource } from './source.ts';

/**
 * All of a file's sound, at its own rate: for textures, which are short.
 * @throws MalformedFileError, UnsupportedFormatError, NotAllowedError, FileSystemError
 */
export async function readWholeSound(platform: Platform, path: string): Promise<Sound> {
  const source = await openSource(platform, path);
  try {
    return await source.read(0, source.frameCount);
  } finally {
    await source.close();
  }
}

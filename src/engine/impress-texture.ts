import { wavSound } from '../archive/whole-sound.ts';
import type { Sound } from '../dsp/sound.ts';
import type { Platform } from '../platform/platform.ts';
import { impressionKey, impressionOf } from './impression.ts';
import { addEntries, impressionEntries, type NotedFile } from './impression-entries.ts';

/** A texture that was put in its place. */
export interface PlacedTexture extends NotedFile {
  /** Under the export folder. */
  readonly path: string;
  /** Of its file. */
  readonly bytes: Uint8Array;
  /** What the file was made of, which nobody needs any more: it becomes what the file holds. */
  readonly sound: Sound;
  readonly isLoop: boolean;
}

/**
 * Makes the impression of a texture while its sound is at hand, and adds it to a file of impressions that was begun
 * (`beginImpressions`): the same as is made of the file, which then need not be read, decoded and hashed for that.
 */
export async function impressTexture(
  platform: Platform,
  exportFolder: string,
  { path, bytes, sound, isLoop, sha256, stamp }: PlacedTexture,
): Promise<void> {
  const impression = impressionOf(await wavSound(path, bytes, sound.channels), isLoop);
  const key = impressionKey(sha256, isLoop);
  await addEntries(platform, exportFolder, impressionEntries(path, { key, sha256, stamp, ...impression }));
}

/**
 * Impressions of an export's textures: read where they are kept, made side by side where they are not, and kept then. What
 * comes of it is the same either way, and at any number of threads.
 */
import { contentHash } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import { type HelperOptions, type Helpers, sideBySide, withHelpers } from '../engine/helpers.ts';
import { impressionKey, type MadeImpression, makeImpression } from '../engine/impression.ts';
import { fileEntry, impressionEntries } from '../engine/impression-entries.ts';
import { type ImpressionFile, openImpressionFile } from '../engine/impression-file.ts';
import type { Platform } from '../platform/platform.ts';
import type { Palette, PaletteTexture } from './palette.ts';

export interface ImpressionOptions extends HelperOptions {
  /** Called after each texture. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A texture that could not be read, and why. */
export interface Unread {
  readonly path: string;
  readonly message: string;
}

/** What has to be known of a texture. */
export type TextureFile = Pick<PaletteTexture, 'path' | 'file' | 'isLoop'>;

/** What receives impressions, one by one in any order. */
export interface ImpressionTaker {
  /** @param key by which the file has it */
  kept(texture: PaletteTexture, key: string): void | Promise<void>;
  made(texture: PaletteTexture, made: MadeImpression): void;
}

/** Impressions whose lines are added at once. */
const ADDED_AT_ONCE = 32;

/** The file of an export's impressions, without those of textures that are gone. @param isWritable see {@link openImpressionFile} */
export function openImpressions(
  platform: Platform,
  { exportFolder, textures }: Pick<Palette, 'exportFolder' | 'textures'>,
  isWritable: boolean,
): Promise<ImpressionFile> {
  const paths = new Set(textures.map(({ path }) => path));
  return openImpressionFile(platform, exportFolder, isWritable, (path) => paths.has(path));
}

/**
 * The impressions of textures.
 * @returns those that cannot be read, in their order
 * @throws the signal's reason once it is aborted
 */
export async function takeImpressions(
  platform: Platform,
  file: ImpressionFile,
  textures: readonly PaletteTexture[],
  { kept, made }: ImpressionTaker,
  { onProgress, ...beside }: ImpressionOptions = {},
): Promise<Unread[]> {
  const missing: PaletteTexture[] = [];
  let done = 0;
  const oneDone = () => onProgress?.(++done, textures.length);
  for (const texture of textures) {
    beside.signal?.throwIfAborted();
    const key = await keptKey(platform, file, texture);
    if (key === null) missing.push(texture);
    else {
      await kept(texture, key);
      oneDone();
    }
  }
  const problems = await withHelpers(platform, beside, (helpers) =>
    makeMissing(file, missing, helpers, beside.signal, (texture, one) => {
      if (one) made(texture, one);
      oneDone();
    }),
  );
  return textures.flatMap(({ path }) => {
    const message = problems.get(path);
    return message === undefined ? [] : [{ path, message }];
  });
}

/** The embedding of one texture, which is kept; null where it cannot be read. */
export async function embeddingOf(
  platform: Platform,
  file: ImpressionFile,
  texture: TextureFile,
): Promise<Float32Array | null> {
  const key = await keptKey(platform, file, texture);
  if (key !== null) return file.embedding(key);
  const made = await makeImpression(platform, { file: texture.file, isLoop: texture.isLoop });
  if ('problem' in made) return null;
  await file.add(impressionEntries(texture.path, made));
  return made.embedding;
}

/** Makes impressions and keeps them. @returns why some could not be made, by path. @param take is given null for those */
async function makeMissing(
  file: ImpressionFile,
  missing: readonly PaletteTexture[],
  helpers: Helpers,
  signal: AbortSignal | undefined,
  take: (texture: PaletteTexture, made: MadeImpression | null) => void,
): Promise<Map<string, string>> {
  const problems = new Map<string, string>();
  const waiting: [path: string, made: MadeImpression][] = [];
  const keep = () => file.add(waiting.splice(0).flatMap(([path, one]) => impressionEntries(path, one)));
  await sideBySide(helpers, missing, signal, async (texture) => {
    const { path, file: location, isLoop } = texture;
    const result = await helpers.run('impress', { file: location, isLoop });
    if ('problem' in result) problems.set(path, result.problem);
    else waiting.push([path, result]);
    take(texture, 'problem' in result ? null : result);
    if (waiting.length >= ADDED_AT_ONCE) await keep();
  }).finally(keep);
  return problems;
}

/** By what a texture's impression is kept; null where it is to be made. */
async function keptKey(
  platform: Platform,
  file: ImpressionFile,
  { path, file: location, isLoop }: TextureFile,
): Promise<string | null> {
  const noted = file.noted(path);
  if (!noted) return null;
  const stamp = await stampOf(platform, location);
  const known = (sha256: string) => {
    const key = impressionKey(sha256, isLoop);
    return file.has(key) ? key : null;
  };
  if (stamp !== null && stamp.text === noted.stamp) return known(noted.sha256);
  // It may be the same all the same: a copy of the export, or noted too soon after it was written.
  const sha256 = await contentHash(platform, location).catch(() => null);
  const key = sha256 && known(sha256);
  if (stamp === null || sha256 === null || key === null) return null;
  if (isSettled(stamp, platform.clock.now()))
    await file.add([fileEntry(path, { sha256, stamp: stamp.text })]);
  return key;
}

import { digestOf } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import type { Platform } from '../platform/platform.ts';
import type { Cache, KnownContent, SourceContent } from './cache.ts';

/** What a source is by its bytes, where it has the stamp that is remembered; else null. Nothing is read. */
export async function rememberedContent(
  platform: Platform,
  { path, origin }: { readonly path: string; readonly origin: string },
  { contents }: Pick<Cache, 'contents'>,
): Promise<KnownContent | null> {
  const known = contents.get(origin);
  return known && (await stampOf(platform, path))?.text === known.stamp ? known : null;
}

/**
 * What a source is by its bytes: from what is remembered of a file with its stamp, or read. What is read is noted in the cache
 * and in what was learnt, unless the file is so young that its stamp may hide a change.
 * @returns null where it cannot be read, or changes meanwhile
 */
export async function sourceContent(
  platform: Platform,
  { path, origin }: { readonly path: string; readonly origin: string },
  { contents }: Pick<Cache, 'contents'>,
  learnt: { push(content: SourceContent): void },
): Promise<KnownContent | null> {
  const now = platform.clock.now();
  const stamp = await stampOf(platform, path);
  if (!stamp) return null;
  const known = contents.get(origin);
  if (known?.stamp === stamp.text) return known;
  const sha256 = await digestOf(platform, path);
  if (sha256 === null || (await stampOf(platform, path))?.text !== stamp.text) return null;
  const content = { sha256, stamp: stamp.text };
  if (isSettled(stamp, now)) {
    contents.set(origin, content);
    learnt.push({ origin, ...content });
  }
  return content;
}

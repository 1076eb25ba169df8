import { cachePath, readCacheLines } from '../archive/cache-file.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import type { Platform } from '../platform/platform.ts';
import { type Cache, emptyCache, SHAPE } from './cache.ts';
import { type TextPool, takeIn } from './cache-lines.ts';

/** The cache that was read last, for as long as its file is the same: planning, looking and running each ask for it. */
const readLast = new WeakMap<
  Platform,
  { readonly path: string; readonly stamp: string; readonly cache: Cache }
>();

/**
 * What an export folder remembers, for the caller to change as it learns more.
 * @returns null where there is no cache, none that can be read, or one of another shape
 */
export async function readCache(platform: Platform, exportFolder: string): Promise<Cache | null> {
  const path = cachePath(exportFolder);
  const now = platform.clock.now();
  const stamp = await stampOf(platform, path);
  if (stamp === null) return null;
  const known = readLast.get(platform);
  if (known?.path === path && known.stamp === stamp.text) return copyOf(known.cache);
  readLast.delete(platform);
  const cache = await parseCache(platform, exportFolder);
  const isSame = isSettled(stamp, now) && (await stampOf(platform, path))?.text === stamp.text;
  if (cache !== null && isSame) readLast.set(platform, { path, stamp: stamp.text, cache: copyOf(cache) });
  return cache;
}

/** What stands in it is never changed, only replaced. */
function copyOf(cache: Cache): Cache {
  return {
    ...cache,
    units: new Map(cache.units),
    textures: new Map(cache.textures),
    contents: new Map(cache.contents),
    routes: new Map(cache.routes),
  };
}

async function parseCache(platform: Platform, exportFolder: string): Promise<Cache | null> {
  let cache: Cache | null = null;
  let isFirst = true;
  const pool: TextPool = new Map();
  await readCacheLines(platform, exportFolder, (entry) => {
    if (cache !== null) takeIn(cache, entry, pool);
    else if (isFirst && (entry as { shape?: unknown } | null)?.shape === SHAPE) cache = emptyCache();
    isFirst = false;
  });
  return cache;
}

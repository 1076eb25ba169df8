/** What shards remember, as the folder that they are merged into remembers it. */
import type { Families } from '../config/settings.ts';
import { relative, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { type Cache, unitId } from './cache.ts';
import { isOfTextures } from './layers.ts';
import type { ShardFolder } from './shard-folders.ts';

/** A source's path as seen from the folder merged into. @param source as shown to the user; undefined where unknown */
export type MoveOrigin = (origin: string, source: string | undefined) => Promise<string>;

/**
 * Sources are remembered by where they lie as seen from an export folder. A shard that was copied from elsewhere no longer
 * sees them; then they are where the project has them.
 */
export function originMover(
  platform: Platform,
  shard: ShardFolder,
  exportFolder: string,
  projectFolder: string,
): MoveOrigin {
  const moved = new Map<string, Promise<string>>();
  const move = async (origin: string, source: string | undefined): Promise<string> => {
    const seen = resolve(shard.folder, origin);
    const path =
      source === undefined || (await platform.files.exists(seen)) ? seen : resolve(projectFolder, source);
    return relative(exportFolder, path);
  };
  return (origin, source) => {
    const known = moved.get(origin) ?? move(origin, source);
    moved.set(origin, known);
    return known;
  };
}

/**
 * Adds the shards' units and sources' digests to a cache. A unit of which two shards remember different things is
 * forgotten, so that the next run makes it again.
 */
export async function mergeMemory(
  platform: Platform,
  shards: readonly ShardFolder[],
  into: Cache,
  exportFolder: string,
  projectFolder: string,
  families: Families,
): Promise<void> {
  const texts = new Map<string, string>();
  for (const shard of shards) {
    const { units, contents, textures } = shard.cache;
    const move = originMover(platform, shard, exportFolder, projectFolder);
    const sources = new Map([...textures.values()].map(({ origin, source }) => [origin, source]));
    for (const its of units.values()) {
      const isOfFile = its.origin !== '' && !isOfTextures(its.making, families);
      const origin = isOfFile ? await move(its.origin, sources.get(its.origin)) : its.origin;
      const unit = { ...its, origin };
      const id = unitId(unit.name, unit.making);
      const text = JSON.stringify(unit);
      if ((texts.get(id) ?? text) === text) into.units.set(id, unit);
      else into.units.delete(id);
      texts.set(id, text);
    }
    for (const [origin, content] of contents) {
      into.contents.set(await move(origin, sources.get(origin)), content);
    }
  }
}

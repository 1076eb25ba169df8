/** Names that earlier runs gave to sources: they stay, since what somebody decided on textures hangs on their paths. */

import { listedRows } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import type { Families } from '../config/settings.ts';
import { groupedBy } from '../groups.ts';
import { resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sourceNameOf } from './assign-paths.ts';
import type { Cache, SourceContent, Unit } from './cache.ts';
import { isOfTextures } from './layers.ts';
import { sourceContent } from './source-content.ts';

/** A source as planning finds it. */
export interface NamedSource {
  /** Absolute. */
  readonly path: string;
  /** As shown to the user. */
  readonly source: string;
  /** As seen from the export folder; see `Task.origin`. */
  readonly origin: string;
  readonly bytes: number;
}

export interface EarlierNames {
  /** By path as shown, of those that have one. */
  readonly named: ReadonlyMap<string, string>;
  /** All names under which the export folder holds textures: none of them is free for another source. */
  readonly taken: ReadonlySet<string>;
}

export const NO_NAMES: EarlierNames = { named: new Map(), taken: new Set() };

/** A source that is gone from its place, or has another stamp there: another one may lie there now. */
interface Moved {
  readonly name: string;
  readonly origin: string;
  readonly sha256: string;
  /** Null where it is not known. */
  readonly bytes: number | null;
}

/**
 * Finds the names that sources have in an export folder: by where they lie, and where one was moved or renamed, by its
 * content. Only what has the size of one that is gone is read.
 * @param exportFolder absolute; it need not exist
 * @param cache what it remembers, which takes in what is learnt; null where there is no cache
 */
export async function earlierNames(
  platform: Platform,
  sources: readonly NamedSource[],
  exportFolder: string,
  cache: Cache | null,
  learnt: SourceContent[],
  families: Families,
): Promise<EarlierNames> {
  if (cache === null) return namesInManifest(platform, sources, exportFolder);
  const digestOf = async (origin: string) => {
    const content = await sourceContent(
      platform,
      { path: resolve(exportFolder, origin), origin },
      cache,
      learnt,
    );
    return content?.sha256 ?? null;
  };
  const byOrigin = await namesByOrigin(cache, families, digestOf);
  const named = new Map<string, string>();
  const unknown = sources.filter(({ origin }) => !byOrigin.has(origin));
  const moved = unknown.length === 0 ? [] : await movedSources(platform, cache, byOrigin, exportFolder);
  const movedBy = {
    size: new Set(moved.map(({ bytes }) => bytes)),
    content: groupedBy(moved, (one) => one.sha256),
  };
  for (const { source, origin, bytes } of unknown) {
    const isLooked = movedBy.size.has(bytes) || movedBy.size.has(null);
    const sha256 = isLooked ? await digestOf(origin) : null;
    const alike = sha256 === null ? undefined : movedBy.content.get(sha256);
    const found = alike?.find((one) => one.bytes === null || one.bytes === bytes);
    // Where it lay there may be a copy of it, or it was only touched.
    if (!found || (await digestOf(found.origin)) === sha256) continue;
    named.set(source, found.name);
    byOrigin.delete(found.origin);
    alike!.splice(alike!.indexOf(found), 1);
  }
  for (const { source, origin } of sources) {
    const name = byOrigin.get(origin);
    if (name !== undefined) named.set(source, name);
  }
  return { named, taken: new Set([...cache.textures.keys()].map(sourceNameOf)) };
}

/** Where the cache is lost: a source that is where it was has its name. A manifest that cannot be read names none. */
async function namesInManifest(
  platform: Platform,
  sources: readonly NamedSource[],
  exportFolder: string,
): Promise<EarlierNames> {
  const rows = [...((await listedRows(platform, exportFolder).catch(() => null))?.values() ?? [])];
  const bySource = new Map(rows.map((row) => [row.source_path, row.source]));
  const named = sources.flatMap(({ source }): [string, string][] => {
    const name = bySource.get(source);
    return name === undefined ? [] : [[source, name]];
  });
  return { named: new Map(named), taken: new Set(rows.map(({ source }) => source)) };
}

/**
 * A unit tells the name of today: what it protects may still be listed where its source lay before. A texture that was left
 * from earlier tells one only where no unit does, neither of that place nor of that name.
 */
async function namesByOrigin(
  cache: Cache,
  families: Families,
  digestOf: (origin: string) => Promise<string | null>,
): Promise<Map<string, string>> {
  const { units, textures } = cache;
  const origins = new Map<string, string>();
  for (const unit of units.values()) {
    const origin = isOfTextures(unit.making, families) ? undefined : originOf(unit, cache);
    if (origin === undefined) continue;
    // Of a moved source only some may have been made again; it is where the bytes are that they were made of.
    const other = origins.get(unit.name);
    const isHere = other === undefined || (other !== origin && (await digestOf(origin)) === unit.content);
    if (isHere) origins.set(unit.name, origin);
  }
  const names = new Map([...origins].map(([name, origin]) => [origin, name]));
  for (const [path, { origin, making: makerId }] of textures) {
    const name = sourceNameOf(path);
    if (!isOfTextures(makerId, families) && !names.has(origin) && !origins.has(name)) names.set(origin, name);
  }
  return names;
}

/** Where a unit's source lay; undefined where that was noted nowhere. */
function originOf({ origin, textures }: Unit, cache: Cache): string | undefined {
  if (origin !== '') return origin;
  return textures.map(([path]) => cache.textures.get(path)).find((known) => known !== undefined)?.origin;
}

async function movedSources(
  platform: Platform,
  { units, contents }: Cache,
  byOrigin: ReadonlyMap<string, string>,
  exportFolder: string,
): Promise<Moved[]> {
  const contentOf = new Map([...units.values()].map(({ name, content }) => [name, content]));
  const moved: Moved[] = [];
  for (const [origin, name] of byOrigin) {
    const known = contents.get(origin);
    const stamp = await stampOf(platform, resolve(exportFolder, origin));
    if (stamp !== null && stamp.text === known?.stamp) continue;
    const sha256 = known?.sha256 ?? contentOf.get(name) ?? '';
    moved.push({ name, origin, sha256, bytes: known ? Number(known.stamp.split(' ')[0]) : null });
  }
  return moved;
}

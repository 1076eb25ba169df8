/** Names that earlier runs gave to sources: they stay, since what somebody decided on textures hangs on their paths. */
import { resolve } from 'node:path';
import { digestOf } from '../archive/content-hash.ts';
import { listedRows } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import { type Cache, readCache } from './cache.ts';

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
 */
export async function earlierNames(
  sources: readonly NamedSource[],
  exportFolder: string,
): Promise<EarlierNames> {
  const cache = await readCache(exportFolder);
  if (cache === null) return namesInManifest(sources, exportFolder);
  const byOrigin = namesByOrigin(cache);
  const named = new Map<string, string>();
  const unknown = sources.filter(({ origin }) => !byOrigin.has(origin));
  const moved = unknown.length === 0 ? [] : movedSources(cache, byOrigin, exportFolder);
  for (const { path, source, bytes } of unknown) {
    const alike = moved.filter((one) => one.bytes === null || one.bytes === bytes);
    const sha256 = alike.length === 0 ? null : await digestOf(path);
    const found = alike.find((one) => one.sha256 === sha256);
    // Where it lay there may be a copy of it, or it was only touched.
    if (!found || (await digestOf(resolve(exportFolder, found.origin))) === sha256) continue;
    named.set(source, found.name);
    byOrigin.delete(found.origin);
    moved.splice(moved.indexOf(found), 1);
  }
  for (const { source, origin } of sources) {
    const name = byOrigin.get(origin);
    if (name !== undefined) named.set(source, name);
  }
  return { named, taken: new Set([...cache.textures.keys()].map(firstFolder)) };
}

/** Where the cache is lost: a source that is where it was has its name. A manifest that cannot be read names none. */
async function namesInManifest(sources: readonly NamedSource[], exportFolder: string): Promise<EarlierNames> {
  const rows = [...((await listedRows(exportFolder).catch(() => null))?.values() ?? [])];
  const bySource = new Map(rows.map((row) => [row.source_path, row.source]));
  const named = sources.flatMap(({ source }): [string, string][] => {
    const name = bySource.get(source);
    return name === undefined ? [] : [[source, name]];
  });
  return { named: new Map(named), taken: new Set(rows.map(({ source }) => source)) };
}

/** A texture that a unit owns tells the name of today; one that was left from earlier, only where no other does. */
function namesByOrigin({ units, textures }: Cache): Map<string, string> {
  const names = new Map<string, string>();
  for (const [path, { origin, making }] of textures) {
    if (making !== 'dust') names.set(origin, firstFolder(path));
  }
  for (const unit of units.values()) {
    // Dust has pads for its sources.
    if (unit.making === 'dust') continue;
    for (const [path] of unit.textures) {
      const known = textures.get(path);
      if (known) names.set(known.origin, unit.name);
    }
  }
  return names;
}

function movedSources(
  { units, contents }: Cache,
  byOrigin: ReadonlyMap<string, string>,
  exportFolder: string,
): Moved[] {
  const contentOf = new Map([...units.values()].map(({ name, content }) => [name, content]));
  const moved: Moved[] = [];
  for (const [origin, name] of byOrigin) {
    const known = contents.get(origin);
    const stamp = stampOf(resolve(exportFolder, origin));
    if (stamp !== null && stamp.text === known?.stamp) continue;
    const sha256 = known?.sha256 ?? contentOf.get(name) ?? '';
    moved.push({ name, origin, sha256, bytes: known ? Number(known.stamp.split(' ')[0]) : null });
  }
  return moved;
}

function firstFolder(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

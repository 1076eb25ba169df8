/**
 * What an export folder remembers: for every maker of every source, what it was made from and what came of it
 * (a unit), every texture's bytes by digest, and the sources' digests.
 *
 * While a run works, each finished texture, unit and digest adds a line; later lines hold against earlier
 * ones. A unit's line comes when all its textures are in place, so one that was cut off is made again.
 */
import { addCacheLines, removeCache, writeCacheLines } from '../archive/cache-file.ts';
import type { FamilyId, MakerId } from '../families/family.ts';
import type { Platform } from '../platform/platform.ts';
import type { MadeTexture } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import type { Notice } from './notice.ts';
import type { ProtectedPlace } from './protected-file.ts';
import type { Route } from './routes.ts';
import type { Shard } from './shard.ts';
import type { SkipReason } from './skip-reason.ts';

/** Identifies the shape of the file; a file of another shape is skipped. */
export const SHAPE = 1;

/** One maker on one source. There is at most one for each name and maker: it owns the files there. */
export interface Unit {
  /** The source's name in file names. */
  readonly name: string;
  readonly making: MakerId;
  /** The source's path as seen from the export folder; empty where that was not noted, before 0.2.0. */
  readonly origin: string;
  /** Digest of all that decides what is made, apart from engine, content and seed; see `unit-key.ts`. */
  readonly key: string;
  /** What made it, see `unit-key.ts`; empty where that was before 0.2.0. */
  readonly engine: string;
  /** SHA-256 of the source's bytes; empty where there is no source. */
  readonly content: string;
  readonly seed: number;
  /** The textures that it gave: path and SHA-256. */
  readonly textures: readonly (readonly [path: string, sha256: string])[];
  /** The places that its textures wanted and were given, in order; see `assign-paths.ts`. */
  readonly wanted: readonly string[];
  readonly given: readonly string[];
  readonly dropped: readonly MadeTexture[];
  /** Textures that were not put in place, since what stands there is protected. */
  readonly protected: readonly ProtectedPlace[];
  readonly passedOver: readonly SkippedNote[];
  /** What was said of the whole source by the time that this was made. */
  readonly warnings: readonly Notice[];
}

/** What was not made, and why. */
export interface SkippedNote {
  readonly family: FamilyId | null;
  readonly variant: string | null;
  readonly reason: SkipReason;
}

/** A texture that was written. */
export interface KnownTexture {
  readonly texture: MadeTexture;
  readonly sha256: string;
  /** Of the file as it was when its bytes were last known; see `stamp.ts`. */
  readonly stamp: string;
  readonly making: MakerId;
  /** The source as shown to the user, and as seen from the export folder. */
  readonly source: string;
  readonly origin: string;
}

/** A source's digest, good as long as its stamp is the same. */
export interface KnownContent {
  readonly stamp: string;
  readonly sha256: string;
}

/** What a source holds, by where it lies as seen from the export folder. */
export interface SourceContent extends KnownContent {
  readonly origin: string;
}

/** The kind that a source was analysed as. */
interface KnownRoute {
  /** The engine that analysed it. */
  readonly analyser: string;
  readonly route: Route;
}

/** As it stands in the file, whose keys stay as they were. */
export interface RouteEntry {
  readonly heard: { readonly sha256: string; readonly ear: string; readonly route: Route };
}

export interface Cache {
  /** By {@link unitId}. */
  readonly units: Map<string, Unit>;
  /** By path under the export folder. */
  readonly textures: Map<string, KnownTexture>;
  /** By origin: the source's path as seen from the export folder. */
  readonly contents: Map<string, KnownContent>;
  /** By SHA-256 of the source. */
  readonly routes: Map<string, KnownRoute>;
  /** The manifest as the last run left it; null where that is not known. */
  manifest: LeftManifest | null;
  /** Which shard the folder holds; null where it is the export folder of a whole. */
  share: ShareNote | null;
  /** The seed of the run that was begun last: one that was cut off is gone on with by it, where any is as good; null where not known. */
  lastSeed: number | null;
}

/** What merging wants to know of a shard. */
export interface ShareNote extends Shard {
  /** Equal for the shards of one plan; see `shard.ts`. */
  readonly whole: string;
  /** Its last run came to its end. */
  readonly isDone: boolean;
}

export interface LeftManifest {
  readonly stamp: string;
  /** What it lists beside the textures that the cache knows. */
  readonly others: readonly string[];
}

export function unitId(name: string, makerId: MakerId): string {
  return `${makerId} ${name}`;
}

/** A line of the cache file. */
export type CacheEntry =
  | { readonly shape: number }
  | { readonly unit: Unit }
  | { readonly known: KnownTexture }
  | SourceContent
  | RouteEntry
  | { readonly left: LeftManifest }
  | { readonly share: ShareNote | null }
  | { readonly lastSeed: number };

/**
 * Notes something while a run works. Never throws: a run that cannot note goes on. What is not noted is made again by the
 * next run, and, of a texture, it is not known whether somebody changed it since: see `protection.ts`.
 */
export async function remember(
  platform: Platform,
  exportFolder: string,
  entries: readonly CacheEntry[],
): Promise<void> {
  await addCacheLines(platform, exportFolder, entries);
}

/** Begins an empty cache in the place of whatever is there. As little hangs on it as on {@link remember}. */
export async function beginCache(platform: Platform, exportFolder: string): Promise<void> {
  await removeCache(platform, exportFolder);
  await remember(platform, exportFolder, [{ shape: SHAPE }]);
}

export function emptyCache(): Cache {
  return {
    units: new Map(),
    textures: new Map(),
    contents: new Map(),
    routes: new Map(),
    manifest: null,
    share: null,
    lastSeed: null,
  };
}

/** Writes the whole cache anew. @throws NotAllowedError, DiskFullError, FileSystemError */
export async function writeCache(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
  cache: Cache,
): Promise<void> {
  await writeCacheLines(platform, exportFolder, entriesOf(cache), exportRoot);
}

/** One after the other: of a hundred thousand sources the lines together are twice what the cache itself takes. */
function* entriesOf(cache: Cache): Generator<CacheEntry> {
  yield { shape: SHAPE };
  if (cache.share) yield { share: cache.share };
  if (cache.lastSeed !== null) yield { lastSeed: cache.lastSeed };
  if (cache.manifest) yield { left: cache.manifest };
  for (const [origin, content] of sorted(cache.contents)) yield { origin, ...content };
  for (const [sha256, { analyser, route }] of sorted(cache.routes)) {
    yield { heard: { sha256, ear: analyser, route } };
  }
  for (const [, known] of sorted(cache.textures)) yield { known };
  for (const [, unit] of sorted(cache.units)) yield { unit };
}

function* sorted<Value>(map: ReadonlyMap<string, Value>): Generator<[string, Value]> {
  for (const key of [...map.keys()].sort()) yield [key, map.get(key)!];
}

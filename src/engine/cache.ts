/**
 * What an export folder remembers: for every maker of every source, what it was made from and what came of it
 * (a unit), every texture's bytes by digest, and the sources' digests.
 *
 * While a run works, each finished texture, unit and digest adds a line; later lines hold against earlier
 * ones. A unit's line comes when all its textures are in place, so one that was cut off is made again.
 */
import { addCacheLines, readCacheLines, removeCache, writeCacheLines } from '../archive/cache-file.ts';
import type { FamilyId, MakerId } from '../families/family.ts';
import type { Platform } from '../platform/platform.ts';
import type { MadeTexture } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import type { InWords } from './in-words.ts';
import type { Notice } from './notice.ts';
import type { ProtectedPlace } from './protected-file.ts';
import { isRoute, type Route } from './routes.ts';
import type { Shard } from './shard.ts';
import type { SkipReason } from './skip-reason.ts';

/** Identifies the shape of the file; a file of another shape is skipped. */
const SHAPE = 1;

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
interface RouteEntry {
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
}

/** What merging wants to know of a shard. */
export interface ShareNote extends Shard {
  /** Equal for the shards of one plan; see `shard.ts`. */
  readonly whole: string;
  /** Its last run came to its end. */
  readonly isDone: boolean;
}

interface LeftManifest {
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
  | { readonly share: ShareNote | null };

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

/**
 * What the file says that an export folder remembers by; `readCache` reads it no more often than it changes.
 * @returns null where there is no cache, none that can be read, or one of another shape
 */
export async function parseCache(platform: Platform, exportFolder: string): Promise<Cache | null> {
  let cache: Cache | null = null;
  let isFirst = true;
  await readCacheLines(platform, exportFolder, (entry) => {
    if (cache !== null) takeIn(cache, entry);
    else if (isFirst && field(entry, 'shape') === SHAPE) cache = emptyCache();
    isFirst = false;
  });
  return cache;
}

/** What units of caches before 0.2.0 lack: the key held the engine too, and nothing was protected. */
const LEFT_OUT_ONCE = { origin: '', engine: '', protected: [] };

/** Adds what a line says; one of no known shape says nothing. */
export function takeIn(cache: Cache, entry: unknown): void {
  if (isUnitEntry(entry)) {
    const passedOver = entry.unit.passedOver.map(({ reason, ...about }) => ({
      ...about,
      reason: dataIn(reason),
    }));
    const dropped = entry.unit.dropped.map(textureIn);
    const warnings = entry.unit.warnings.map(dataIn);
    const unit = { ...LEFT_OUT_ONCE, ...entry.unit, passedOver, dropped, warnings };
    cache.units.set(unitId(unit.name, unit.making), unit);
  } else if (isTextureEntry(entry)) {
    const { known } = entry;
    cache.textures.set(known.texture.path, { ...known, texture: textureIn(known.texture) });
  } else if (isManifestEntry(entry)) cache.manifest = entry.left;
  else if (isShareEntry(entry)) cache.share = entry.share;
  else if (isContentEntry(entry)) {
    cache.contents.set(entry.origin, { stamp: entry.stamp, sha256: entry.sha256 });
  } else if (isRouteEntry(entry)) {
    const { sha256, ear, route } = entry.heard;
    cache.routes.set(sha256, { analyser: ear, route });
  }
}

export function emptyCache(): Cache {
  return {
    units: new Map(),
    textures: new Map(),
    contents: new Map(),
    routes: new Map(),
    manifest: null,
    share: null,
  };
}

/** Writes the whole cache anew. @throws NotAllowedError, DiskFullError, FileSystemError */
export async function writeCache(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
  cache: Cache,
): Promise<void> {
  const entries: CacheEntry[] = [{ shape: SHAPE }];
  if (cache.share) entries.push({ share: cache.share });
  if (cache.manifest) entries.push({ left: cache.manifest });
  for (const [origin, content] of sorted(cache.contents)) entries.push({ origin, ...content });
  for (const [sha256, { analyser, route }] of sorted(cache.routes)) {
    entries.push({ heard: { sha256, ear: analyser, route } });
  }
  for (const [, known] of sorted(cache.textures)) entries.push({ known });
  for (const [, unit] of sorted(cache.units)) entries.push({ unit });
  await writeCacheLines(platform, exportFolder, entries, exportRoot);
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Lines as they are found: engines before 0.3 noted sentences. */
type NotedUnit = Omit<Unit, 'passedOver' | 'dropped' | 'warnings'> & {
  readonly warnings: readonly (Notice | string)[];
  readonly passedOver: readonly (Omit<SkippedNote, 'reason'> & { readonly reason: SkipReason | string })[];
  readonly dropped: readonly NotedTexture[];
};
type NotedTexture = Omit<MadeTexture, 'gradeReasons'> & {
  readonly gradeReasons: MadeTexture['gradeReasons'] | string;
};

function dataIn<Data extends object>(noted: Data | string): Data | InWords {
  return typeof noted === 'string' ? { code: 'in-words', words: noted } : noted;
}

function textureIn(noted: NotedTexture): MadeTexture {
  const { gradeReasons: found } = noted;
  if (typeof found !== 'string') return { ...noted, gradeReasons: found };
  return { ...noted, gradeReasons: found === '' ? [] : [{ code: 'in-words', words: found }] };
}

/** As far as a damaged or foreign line could do harm: its shape is looked at, not its sense. */
function isUnitEntry(entry: unknown): entry is { unit: NotedUnit } {
  if (!has(entry, 'unit')) return false;
  const { unit } = entry;
  return (
    ['name', 'making', 'key', 'content'].every((field) => isText(field, unit)) &&
    has(unit, 'seed') &&
    typeof unit.seed === 'number' &&
    isListOf(field(unit, 'textures'), (pair) => isListOf(pair, isString)) &&
    isListOf(field(unit, 'wanted'), isString) &&
    isListOf(field(unit, 'given'), isString) &&
    isListOf(field(unit, 'warnings'), (notice) => isString(notice) || isText('code', notice)) &&
    isListOf(field(unit, 'dropped'), isMadeTexture) &&
    isListOf(field(unit, 'passedOver'), isNote) &&
    (!has(unit, 'origin') || isString(unit.origin)) &&
    (!has(unit, 'engine') || isString(unit.engine)) &&
    (!has(unit, 'protected') || isListOf(unit.protected, (place) => isText('path', place)))
  );
}

/** Whether it says why, by a code or, before 0.3, in words. */
function isNote(note: unknown): boolean {
  return isText('reason', note) || isText('code', field(note, 'reason'));
}

function isTextureEntry(
  entry: unknown,
): entry is { known: Omit<KnownTexture, 'texture'> & { readonly texture: NotedTexture } } {
  if (!has(entry, 'known')) return false;
  const { known } = entry;
  return (
    ['sha256', 'stamp', 'making', 'source', 'origin'].every((name) => isText(name, known)) &&
    isMadeTexture(field(known, 'texture'))
  );
}

function isContentEntry(entry: unknown): entry is SourceContent {
  return ['origin', 'stamp', 'sha256'].every((name) => isText(name, entry));
}

function isRouteEntry(entry: unknown): entry is RouteEntry {
  const found = field(entry, 'heard');
  return ['sha256', 'ear'].every((name) => isText(name, found)) && isRoute(field(found, 'route'));
}

function isManifestEntry(entry: unknown): entry is { left: LeftManifest } {
  const left = field(entry, 'left');
  return isText('stamp', left) && isListOf(field(left, 'others'), isString);
}

function isShareEntry(entry: unknown): entry is { share: ShareNote | null } {
  if (!has(entry, 'share')) return false;
  const { share } = entry;
  const isNumber = (name: string) => typeof field(share, name) === 'number';
  return share === null || (isNumber('index') && isNumber('count') && isText('whole', share));
}

function isMadeTexture(value: unknown): value is NotedTexture {
  const reasons = field(value, 'gradeReasons');
  return (
    ['family', 'path', 'grade'].every((name) => isText(name, value)) &&
    (isString(reasons) || isListOf(reasons, (reason) => isText('code', reason))) &&
    typeof field(value, 'durationSec') === 'number'
  );
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}

function field(value: unknown, name: string): unknown {
  return has(value, name) ? value[name] : undefined;
}

function isText(name: string, value: unknown): boolean {
  return isString(field(value, name));
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isListOf(value: unknown, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

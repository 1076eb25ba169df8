/** Lines of the cache file, as engines of this version and of earlier ones wrote them. */

import {
  type Cache,
  type KnownTexture,
  type LeftManifest,
  type RouteEntry,
  type ShareNote,
  type SkippedNote,
  type SourceContent,
  type Unit,
  unitId,
} from './cache.ts';
import type { MadeTexture } from './events.ts';
import type { InWords } from './in-words.ts';
import type { Notice } from './notice.ts';
import { isRoute } from './routes.ts';
import type { SkipReason } from './skip-reason.ts';

/** Texts that many lines repeat, such as paths, each held once: of a hundred thousand sources that is a third of the memory. */
export type TextPool = Map<string, string>;

/** What units of caches before 0.2.0 lack: the key held the engine too, and nothing was protected. */
const LEFT_OUT_ONCE = { origin: '', engine: '', protected: [] };

/** Most units have none of these. */
const NONE: readonly never[] = [];

/** Adds what a line says; one of no known shape says nothing. @param pool of the cache, as long as it is read */
export function takeIn(cache: Cache, entry: unknown, pool: TextPool = new Map()): void {
  if (isUnitEntry(entry)) {
    const unit = unitIn(entry.unit, pool);
    cache.units.set(unitId(unit.name, unit.making), unit);
  } else if (isTextureEntry(entry)) {
    const known = knownIn(entry.known, pool);
    cache.textures.set(known.texture.path, known);
  } else if (isManifestEntry(entry)) cache.manifest = entry.left;
  else if (isShareEntry(entry)) cache.share = entry.share;
  else if (isSeedEntry(entry)) cache.lastSeed = entry.lastSeed;
  else if (isContentEntry(entry)) {
    const { origin, stamp, sha256 } = entry;
    cache.contents.set(pooled(origin, pool), { stamp, sha256: pooled(sha256, pool) });
  } else if (isRouteEntry(entry)) {
    const { sha256, ear, route } = entry.heard;
    cache.routes.set(sha256, { analyser: ear, route });
  }
}

function unitIn(noted: NotedUnit, pool: TextPool): Unit {
  const once = (text: string) => pooled(text, pool);
  const { origin, engine, protected: left } = { ...LEFT_OUT_ONCE, ...noted };
  return {
    name: once(noted.name),
    making: noted.making,
    origin: once(origin),
    key: noted.key,
    engine: once(engine),
    content: once(noted.content),
    seed: noted.seed,
    textures: noted.textures.map(([path, sha256]) => [once(path), once(sha256)] as const),
    wanted: noted.wanted,
    given: noted.given.map(once),
    dropped: listOr(noted.dropped, textureIn),
    protected: listOr(left, (place) => place),
    passedOver: listOr(noted.passedOver, ({ reason, ...about }) => ({ ...about, reason: dataIn(reason) })),
    warnings: listOr(noted.warnings, dataIn),
  };
}

function knownIn(noted: NotedKnown, pool: TextPool): KnownTexture {
  const { texture, sha256, stamp, making, source, origin } = noted;
  const once = (text: string) => pooled(text, pool);
  return {
    texture: { ...textureIn(texture), path: once(texture.path) },
    sha256: once(sha256),
    stamp,
    making,
    source: once(source),
    origin: once(origin),
  };
}

function pooled(text: string, pool: TextPool): string {
  const known = pool.get(text);
  if (known !== undefined) return known;
  pool.set(text, text);
  return text;
}

function listOr<From, To>(noted: readonly From[], read: (each: From) => To): readonly To[] {
  return noted.length === 0 ? NONE : noted.map(read);
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

type NotedKnown = Omit<KnownTexture, 'texture'> & { readonly texture: NotedTexture };

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

function isTextureEntry(entry: unknown): entry is { known: NotedKnown } {
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

function isSeedEntry(entry: unknown): entry is { lastSeed: number } {
  return typeof field(entry, 'lastSeed') === 'number';
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

import { removeCache } from '../archive/cache-file.ts';
import { isAsLeft, manifestPath } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import {
  beginCache,
  type Cache,
  type CacheEntry,
  emptyCache,
  remember,
  type ShareNote,
  writeCache,
} from './cache.ts';
import { takeIn } from './cache-lines.ts';
import type { Emit } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import type { ListedRows } from './listed-rows.ts';
import type { Notice } from './notice.ts';
import { openProtection, type Protection } from './protection.ts';
import { readCache } from './read-cache.ts';
import { leaveStale, removeStale, type StaleOutcome, staleTextures } from './stale.ts';
import type { Plan, Task } from './task.ts';
import { type Parted, partByNeed, reportAgain, reportSourceAgain } from './up-to-date.ts';

/** What an export folder remembers, over one run. The folder must be held. */
export interface RunMemory {
  /** The paths that the manifest lists, where it is as the last run left it; else null. */
  listed(): Promise<ReadonlySet<string> | null>;
  /** The tasks that are still to be done. What is up to date is reported. */
  needed(
    rows: ListedRows,
    how: { readonly force: boolean; readonly beside: boolean; readonly signal: AbortSignal },
  ): Promise<{ tasks: readonly Task[]; upToDate: Parted['upToDate'] }>;
  /** Once all is made: what is left of earlier runs, removed where that is wished. */
  stale(listed: ReadonlySet<string>, prune: boolean): Promise<StaleOutcome[]>;
  /**
   * Writes what the run has learnt, without what is gone. A cache that cannot be written is a warning.
   * @param isDone the run came to its end
   */
  keep(rows: ListedRows, isDone: boolean): Promise<void>;
}

/** A memory as it is at work. */
interface State {
  readonly platform: Platform;
  readonly plan: Plan;
  readonly location: ExportLocation;
  readonly emit: Emit;
  /** What lay there at the start; null where there was none. */
  readonly found: Cache | null;
  cache: Cache;
  /** Workers may have added to the file, which this copy of it does not hold. */
  hasWorked: boolean;
  hasLearnt: boolean;
  /** Null until it is asked what is needed. */
  protection: Protection | null;
}

export async function openRunMemory(
  platform: Platform,
  plan: Plan,
  location: ExportLocation,
  emit: Emit,
): Promise<RunMemory> {
  const found = await readCache(platform, location.exportFolder);
  const cache = found ?? emptyCache();
  const state: State = {
    platform,
    plan,
    location,
    emit,
    found,
    cache,
    hasWorked: false,
    hasLearnt: false,
    protection: null,
  };
  return {
    listed: () => listedAsLeft(platform, location.exportFolder, state.cache),
    needed: (rows, how) => neededTasks(state, rows, how),
    stale: (listed, prune) => leftOver(state, listed, prune),
    keep: (rows, isDone) => keepLearnt(state, rows, isDone),
  };
}

/** The paths that the manifest lists, where it is as the last run left it; else null. */
export async function listedAsLeft(
  platform: Platform,
  exportFolder: string,
  { manifest, textures }: Cache,
): Promise<ReadonlySet<string> | null> {
  if (manifest === null) return null;
  const paths = new Set(textures.keys());
  for (const path of manifest.others) paths.add(path);
  return (await isAsLeft(platform, exportFolder, manifest.stamp, paths)) ? paths : null;
}

async function neededTasks(
  state: State,
  { listed, whole }: ListedRows,
  { force, beside, signal }: Parameters<RunMemory['needed']>[1],
): ReturnType<RunMemory['needed']> {
  const { platform, plan, cache, emit } = state;
  const routed = plan.learnt ?? [];
  for (const entry of routed) takeIn(cache, entry);
  state.hasLearnt = routed.length > 0;
  if (signal.aborted) return { tasks: [], upToDate: [] };
  const protection = await openProtection(platform, state.location.exportFolder, cache, listed);
  state.protection = protection;
  const { problem } = protection;
  if (problem !== null) warn(state, { code: 'decisions-unreadable', sentence: problem, during: 'run' });
  const { tasks, upToDate, learnt, otherEngine } = force
    ? { tasks: plan.tasks, upToDate: [], learnt: [], otherEngine: null }
    : await partByNeed(platform, plan, { cache, listed: whole, protection, beside }, signal);
  for (const { task, kept } of upToDate) {
    for (const unit of kept) reportAgain(unit, task.source, emit);
    reportSourceAgain(kept, task.source, emit);
  }
  const counts = { upToDate: upToDate.length, sources: plan.tasks.length };
  emit({ kind: 'looked', source: null, ...counts, otherEngine });
  const copies = plan.contents.filter(({ origin, stamp }) => cache.contents.get(origin)?.stamp !== stamp);
  for (const { origin, ...content } of copies) cache.contents.set(origin, content);
  state.hasLearnt ||= learnt.length + copies.length > 0;
  state.hasWorked = tasks.length > 0;
  if (state.hasWorked) {
    const goesOn = plan.request.anySeed === true && !force;
    const lastSeed = (goesOn ? cache.lastSeed : null) ?? plan.seed;
    cache.lastSeed = lastSeed;
    await rememberAtOnce(state, [...routed, ...learnt, ...copies, { lastSeed }]);
  }
  return { tasks, upToDate };
}

/** What was learnt before the work begins, for workers to add to. */
async function rememberAtOnce(
  { platform, plan, location, found, cache }: State,
  entries: readonly CacheEntry[],
): Promise<void> {
  const { exportFolder } = location;
  if (!found) await beginCache(platform, exportFolder);
  await remember(platform, exportFolder, entries);
  if (plan.share || cache.share) await remember(platform, exportFolder, [{ share: shareNote(plan, false) }]);
}

async function leftOver(state: State, listed: ReadonlySet<string>, prune: boolean): Promise<StaleOutcome[]> {
  await refresh(state);
  const { platform, plan, location, cache, protection } = state;
  const stale = await staleTextures(platform, plan, cache, listed);
  if (!prune) return leaveStale(stale, protection!);
  const outcomes = await removeStale(platform, stale, protection!, location);
  state.hasLearnt ||= outcomes.length > 0;
  forgetRemoved(cache, outcomes);
  return outcomes;
}

async function keepLearnt(state: State, rows: ListedRows, isDone: boolean): Promise<void> {
  await refresh(state);
  const { platform, plan, location, cache } = state;
  const isWhole = rows.whole.size === rows.listed.size;
  const stamp = isWhole ? (await stampOf(platform, manifestPath(location.exportFolder)))?.text : undefined;
  const share = shareNote(plan, isDone);
  const isSameShare = JSON.stringify(share) === JSON.stringify(cache.share);
  if (!state.hasLearnt && isSameShare && stamp === cache.manifest?.stamp) return;
  cache.share = share;
  await leaveCache(platform, location, cache, rows).catch((error) => {
    if (!(error instanceof AfterglowError)) throw error;
    warn(state, { code: 'cache-not-written', sentence: error.message });
  });
}

function warn({ emit }: State, notice: Notice): void {
  emit({ kind: 'warning', source: null, notice });
}

/** Workers add to the file, not to this copy of it. */
async function refresh(state: State): Promise<void> {
  const { platform, location, hasWorked } = state;
  if (hasWorked) state.cache = (await readCache(platform, location.exportFolder)) ?? emptyCache();
  state.hasLearnt ||= hasWorked;
  state.hasWorked = false;
}

function shareNote({ share }: Plan, isDone: boolean): ShareNote | null {
  return share ? { index: share.index, count: share.count, whole: share.whole, isDone } : null;
}

/**
 * Writes a cache for the next run, without the textures that are gone, once the manifest is settled.
 * Where rows lost something, the next run reads the manifest itself.
 * @throws NotAllowedError, DiskFullError, FileSystemError
 */
export async function leaveCache(
  platform: Platform,
  location: ExportLocation,
  cache: Cache,
  { listed, whole }: ListedRows,
): Promise<void> {
  const { exportFolder } = location;
  const isWhole = whole.size === listed.size;
  const stamp = isWhole ? (await stampOf(platform, manifestPath(exportFolder)))?.text : undefined;
  for (const path of [...cache.textures.keys()]) if (!listed.has(path)) cache.textures.delete(path);
  const others = [...listed].filter((path) => !cache.textures.has(path));
  cache.manifest = stamp === undefined ? null : { stamp, others };
  // A folder in which nothing was made is left as it was found; but that a shard is empty, and what was recognised, is worth knowing.
  const hasMade = [...cache.units.values()].some(({ textures }) => textures.length > 0);
  if (!hasMade && listed.size === 0 && !cache.share && cache.routes.size === 0)
    await removeCache(platform, exportFolder);
  else await writeCache(platform, location, cache);
}

/** A unit is remembered though its textures are gone, so that they come back as they were; not so what was pruned. */
function forgetRemoved({ units }: Cache, outcomes: readonly StaleOutcome[]): void {
  const removed = new Set(outcomes.filter(({ outcome }) => outcome === 'removed').map(({ path }) => path));
  for (const [id, { textures }] of [...units]) {
    if (textures.some(([path]) => removed.has(path))) units.delete(id);
  }
}

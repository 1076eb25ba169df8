import { removeCache } from '../archive/cache-file.ts';
import { isAsLeft, manifestPath, type WriteFile } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import {
  beginCache,
  type Cache,
  emptyCache,
  readCache,
  remember,
  type ShareNote,
  takeIn,
  writeCache,
} from './cache.ts';
import type { Emit } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import type { Notice } from './notice.ts';
import { openProtection, type Protection } from './protection.ts';
import { leaveStale, removeStale, type StaleOutcome, staleTextures } from './stale.ts';
import type { Plan, Task } from './task.ts';
import { type Parted, partByNeed, reportAgain, reportSourceAgain } from './up-to-date.ts';

/** What an export folder remembers, over one run. The folder must be held. */
export interface RunMemory {
  /** The paths that the manifest lists, where it is as the last run left it; else null. */
  listed(): Promise<ReadonlySet<string> | null>;
  /** The tasks that are still to be done. What is up to date is reported. @param listed paths in the manifest */
  needed(
    listed: ReadonlySet<string>,
    how: { readonly force: boolean; readonly beside: boolean; readonly signal: AbortSignal },
  ): Promise<{ tasks: readonly Task[]; upToDate: Parted['upToDate'] }>;
  /** Once all is made: what is left of earlier runs, removed where that is wished. */
  stale(listed: ReadonlySet<string>, prune: boolean): Promise<StaleOutcome[]>;
  /**
   * Writes what the run has learnt, without what is gone. A cache that cannot be written is a warning.
   * @param isDone the run came to its end
   */
  keep(listed: ReadonlySet<string>, isDone: boolean): Promise<void>;
}

export async function openRunMemory(
  platform: Platform,
  plan: Plan,
  location: ExportLocation,
  write: WriteFile,
  emit: Emit,
): Promise<RunMemory> {
  const { exportFolder } = location;
  const found = await readCache(platform, exportFolder);
  let cache = found ?? emptyCache();
  let hasWorked = false;
  let hasLearnt = false;
  let protection: Protection;
  const warn = (notice: Notice) => emit({ kind: 'warning', source: null, notice });
  /** Workers add to the file, not to this copy of it. */
  const refresh = async () => {
    if (hasWorked) cache = (await readCache(platform, exportFolder)) ?? emptyCache();
    hasLearnt ||= hasWorked;
    hasWorked = false;
  };

  return {
    async listed() {
      const { manifest, textures } = cache;
      const paths = new Set([...textures.keys(), ...(manifest?.others ?? [])]);
      return manifest && (await isAsLeft(platform, exportFolder, manifest.stamp, paths)) ? paths : null;
    },
    async needed(listed, { force, beside, signal }) {
      const routed = plan.learnt ?? [];
      for (const entry of routed) takeIn(cache, entry);
      hasLearnt = routed.length > 0;
      if (signal.aborted) return { tasks: [], upToDate: [] };
      protection = await openProtection(platform, exportFolder, cache, listed);
      const { problem } = protection;
      if (problem !== null) warn({ code: 'decisions-unreadable', sentence: problem, during: 'run' });
      const { tasks, upToDate, learnt, otherEngine } = force
        ? { tasks: plan.tasks, upToDate: [], learnt: [], otherEngine: null }
        : await partByNeed(platform, plan, { cache, listed, protection, beside }, signal);
      for (const { task, kept } of upToDate) {
        for (const unit of kept) reportAgain(unit, task.source, emit);
        reportSourceAgain(kept, task.source, emit);
      }
      const counts = { upToDate: upToDate.length, sources: plan.tasks.length };
      emit({ kind: 'looked', source: null, ...counts, otherEngine });
      const copies = plan.contents.filter(({ origin, stamp }) => cache.contents.get(origin)?.stamp !== stamp);
      for (const { origin, ...content } of copies) cache.contents.set(origin, content);
      hasLearnt ||= learnt.length + copies.length > 0;
      hasWorked = tasks.length > 0;
      if (hasWorked && !found) await beginCache(platform, exportFolder);
      if (hasWorked) await remember(platform, exportFolder, [...routed, ...learnt, ...copies]);
      if (hasWorked && (plan.share || cache.share)) {
        await remember(platform, exportFolder, [{ share: shareNote(plan, false) }]);
      }
      return { tasks, upToDate };
    },
    async stale(listed, prune) {
      await refresh();
      const stale = await staleTextures(platform, plan, cache, listed);
      if (!prune) return leaveStale(stale, protection);
      const outcomes = await removeStale(platform, stale, protection, location);
      hasLearnt ||= outcomes.length > 0;
      forgetRemoved(cache, outcomes);
      return outcomes;
    },
    async keep(listed, isDone) {
      await refresh();
      const stamp = (await stampOf(platform, manifestPath(exportFolder)))?.text;
      const share = shareNote(plan, isDone);
      const isSameShare = JSON.stringify(share) === JSON.stringify(cache.share);
      if (!hasLearnt && isSameShare && stamp === cache.manifest?.stamp) return;
      cache.share = share;
      await leaveCache(platform, exportFolder, cache, listed, write).catch((error) => {
        if (!(error instanceof AfterglowError)) throw error;
        warn({ code: 'cache-not-written', sentence: error.message });
      });
    },
  };
}

function shareNote({ share }: Plan, isDone: boolean): ShareNote | null {
  return share ? { index: share.index, count: share.count, whole: share.whole, isDone } : null;
}

/**
 * Writes a cache for the next run, without the textures that are gone, once the manifest is settled.
 * @param listed paths in the manifest
 * @throws NotAllowedError, DiskFullError, FileSystemError
 */
export async function leaveCache(
  platform: Platform,
  exportFolder: string,
  cache: Cache,
  listed: ReadonlySet<string>,
  write: WriteFile,
): Promise<void> {
  const stamp = (await stampOf(platform, manifestPath(exportFolder)))?.text;
  for (const path of [...cache.textures.keys()]) if (!listed.has(path)) cache.textures.delete(path);
  const others = [...listed].filter((path) => !cache.textures.has(path));
  cache.manifest = stamp === undefined ? null : { stamp, others };
  // A folder in which nothing was made is left as it was found; but that a shard is empty, and what was recognised, is worth knowing.
  const hasMade = [...cache.units.values()].some(({ textures }) => textures.length > 0);
  if (!hasMade && listed.size === 0 && !cache.share && cache.routes.size === 0)
    await removeCache(platform, exportFolder);
  else await writeCache(exportFolder, cache, write);
}

/** A unit is remembered though its textures are gone, so that they come back as they were; not so what was pruned. */
function forgetRemoved({ units }: Cache, outcomes: readonly StaleOutcome[]): void {
  const removed = new Set(outcomes.filter(({ outcome }) => outcome === 'removed').map(({ path }) => path));
  for (const [id, { textures }] of [...units]) {
    if (textures.some(([path]) => removed.has(path))) units.delete(id);
  }
}

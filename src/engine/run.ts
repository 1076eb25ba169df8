/**
 * A run: the tasks of a plan through the pool, the manifest at the end, and a tally of what came of it.
 */

import { manifestPath, settleManifest, type WriteFile } from '../archive/manifest.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { admit } from './admission.ts';
import type { Emit, RunEvent } from './events.ts';
import { withExportFolder } from './export-folder.ts';
import type { ExportLocation } from './export-location.ts';
import type { Excavation } from './jobs.ts';
import { openRunMemory } from './run-memory.ts';
import { pruneSettingsRecord, recordSettings } from './settings-record.ts';
import type { StaleOutcome } from './stale.ts';
import { type RunTally, startTally } from './tally.ts';
import type { Plan, Task } from './task.ts';
import type { Parted } from './up-to-date.ts';
import { type JobPool, openJobPool } from './workers.ts';

export interface RunOptions {
  /** How many sources at once; 0 works in the caller's own thread. Default: one a core, as far as memory allows. */
  readonly jobs?: number;
  /**
   * Make everything, also what is there as it would be made, and replace also what somebody kept, starred, noted, named or
   * changed. Default: make what is missing or would differ, and leave those as they are.
   */
  readonly force?: boolean;
  /** Put the new texture beside one that is protected, instead of leaving it out. Default: leave it out. */
  readonly beside?: boolean;
  /**
   * Remove textures of earlier runs that this one would not have made, as far as nobody changed them. Default: report
   * them.
   */
  readonly prune?: boolean;
  /** Stop at the first source that fails. Default: go on. */
  readonly strict?: boolean;
  /** No write happens outside this folder, links resolved; null lifts that. Default: the export folder. */
  readonly exportRoot?: string | null;
  /** Ends the run early and cleanly: textures under way are finished, and the manifest is written. */
  readonly signal?: AbortSignal;
  /** Receives everything that happens, as it happens. Should it throw, the run ends early and cleanly, and throws it. */
  readonly onEvent?: Emit;
}

export interface RunResult extends RunTally {
  readonly manifest: string;
  /** Rows that the manifest now holds, those of earlier runs included. */
  readonly manifestRows: number;
  /** Textures of earlier runs that this one would not have made; none where the run ended early. */
  readonly stale: readonly StaleOutcome[];
  /** Sources of which nothing had to be made. */
  readonly sourcesUpToDate: number;
  readonly seconds: number;
  /** The signal, or a failure under `strict`, ended it early. */
  readonly stoppedEarly: 'interrupted' | 'strict' | 'export-failed' | null;
}

/**
 * Makes everything the plan names that is not there already. A source that fails is an event and a line in the result.
 * @throws ConfigError where the export folder is a file
 * @throws BusyError while another run works in the export folder
 * @throws NotAllowedError, DiskFullError, FileSystemError when the export folder or the manifest cannot be written
 */
export async function run(platform: Platform, plan: Plan, options: RunOptions = {}): Promise<RunResult> {
  const started = platform.clock.elapsed();
  const { exportFolder } = plan;
  const exportRoot = options.exportRoot === undefined ? exportFolder : options.exportRoot;
  const families = plan.request.families ?? FAMILIES;
  const location: ExportLocation = { exportFolder, exportRoot };
  const write: WriteFile = (path, bytes) => writeAtomic(platform, path, bytes, location.exportRoot);
  const tally = startTally();
  const stopping = new AbortController();
  const ended: { early: RunResult['stoppedEarly'] } = { early: null };
  const stop = (reason: NonNullable<RunResult['stoppedEarly']>) => {
    ended.early ??= reason;
    stopping.abort();
  };
  const caller = listener(options.onEvent, () => stopping.abort());
  const emit: Emit = (event) => {
    // What one worker cannot write, the others cannot either; it need be said once.
    if (event.kind === 'export-failed' && ended.early === 'export-failed') return;
    tally.count(event);
    caller.report(event);
    if (event.kind === 'export-failed') stop('export-failed');
    if (event.kind === 'source-failed' && options.strict) stop('strict');
  };

  options.signal?.addEventListener('abort', () => stop('interrupted'), { once: true });
  if (options.signal?.aborted) stop('interrupted');
  for (const { source, message } of plan.problems) {
    emit({ kind: 'source-failed', source, code: 'file-system', message });
  }
  for (const each of plan.copied) emit({ kind: 'copied', ...each });
  for (const each of plan.unread) emit({ kind: 'passed-over', family: null, variant: null, ...each });

  const outcome = await withExportFolder(platform, location, async () => {
    const settle = async (): Promise<ReadonlySet<string>> => {
      const { rows, setAside } = await settleManifest(platform, exportFolder, write);
      if (setAside) emit({ kind: 'warning', source: null, notice: setAside });
      await pruneSettingsRecord(platform, exportFolder, new Set(rows.map(({ settings }) => settings)), write);
      return new Set(rows.map(({ path }) => path));
    };
    const memory = await openRunMemory(platform, plan, location, write, emit);
    let listed = (await memory.listed()) ?? (await settle());
    const needed = await memory.needed(listed, {
      force: options.force ?? false,
      beside: options.beside ?? false,
      signal: stopping.signal,
    });
    // Of what is up to date as well: the record may be lost.
    await recordSettings(
      platform,
      exportFolder,
      [...needed.tasks, ...standing(needed.upToDate)],
      write,
      families,
    );
    if (needed.tasks.length > 0) {
      const jobs = options.jobs ?? chooseJobs(platform, needed.tasks, emit);
      await runTasks(platform, needed.tasks, location, emit, stopping.signal, jobs, families);
      listed = await settle().catch((error) => {
        // A disk that takes no more sound takes no manifest either; the journal keeps the rows for the next run.
        if (ended.early !== 'export-failed') throw error;
        return listed;
      });
    }
    const isWhole = ended.early === null && !stopping.signal.aborted;
    const stale = isWhole ? await memory.stale(listed, options.prune ?? false) : [];
    if (stale.some(({ outcome }) => outcome === 'removed')) listed = await settle();
    if (ended.early !== 'export-failed') await memory.keep(listed, isWhole);
    return { listed, stale, sourcesUpToDate: needed.upToDate.length };
  });
  caller.rethrow();

  return {
    ...tally.result(),
    manifest: manifestPath(exportFolder),
    manifestRows: outcome.listed.size,
    stale: outcome.stale,
    sourcesUpToDate: outcome.sourcesUpToDate,
    seconds: (platform.clock.elapsed() - started) / 1000,
    stoppedEarly: ended.early,
  };
}

/** Of sources that are up to date, the work of which textures are there. */
function standing(upToDate: Parted['upToDate']): Pick<Task, 'makers' | 'settings'>[] {
  return upToDate.map(({ task, kept }) => ({
    settings: task.settings,
    makers: kept.filter(({ textures }) => textures.length > 0).map(({ unit }) => unit.making),
  }));
}

/** Reports events to the caller, until that throws: then it calls `onThrow`, and keeps what was thrown. */
function listener(onEvent: Emit | undefined, onThrow: () => void) {
  const thrown: unknown[] = [];
  return {
    report(event: RunEvent): void {
      if (thrown.length > 0) return;
      try {
        onEvent?.(event);
      } catch (error) {
        thrown.push(error);
        onThrow();
      }
    },
    rethrow(): void {
      if (thrown.length > 0) throw thrown[0];
    },
  };
}

function chooseJobs(platform: Platform, tasks: readonly Task[], emit: Emit): number {
  const admission = admit(tasks, platform.machine());
  emit({ kind: 'admitted', source: null, ...admission });
  return admission.jobs;
}

async function runTasks(
  platform: Platform,
  tasks: readonly Task[],
  location: ExportLocation,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
  jobs: number,
  families: Families,
): Promise<void> {
  if (tasks.length === 0) return;
  const lanes = Math.min(Math.max(jobs, 1), tasks.length);
  // A thread of its own knows no families but those of this program.
  const isOwnThread = jobs === 0 || families !== FAMILIES;
  const pool = openJobPool(platform, isOwnThread ? 0 : lanes, signal);
  const work = isOwnThread ? { location, families } : { location };
  let next = 0;
  const lane = async () => {
    while (next < tasks.length && !signal.aborted)
      await runTask(pool, { task: tasks[next++], ...work }, emit, signal);
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await pool.close();
  }
}

/** Never fails: where the thread breaks down, that is the source's failure. */
async function runTask(pool: JobPool, work: Excavation, emit: Emit, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await pool.run('excavate', work, emit);
  } catch (error) {
    const message = `The worker broke down: ${String(error)}; run again with --jobs 1, and report it.`;
    emit({ kind: 'source-failed', source: work.task.source, code: 'unexpected', message });
    emit({ kind: 'source-done', source: work.task.source });
  }
}

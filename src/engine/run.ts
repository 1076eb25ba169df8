/**
 * A run: the tasks of a plan through the pool, the manifest at the end, and a tally of what came of it.
 */

import { manifestPath, settleManifest } from '../archive/manifest.ts';
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Emit } from './events.ts';
import { withExportFolder } from './export-folder.ts';
import type { ExportLocation } from './export-location.ts';
import { beginImpressions } from './impression-entries.ts';
import { type ListedRows, partedRows } from './listed-rows.ts';
import { type EarlyEnd, type RunEvents, type RunListener, startRunEvents } from './run-events.ts';
import { openRunMemory } from './run-memory.ts';
import { runTasks } from './run-tasks.ts';
import { pruneSettingsRecord, recordSettings } from './settings-record.ts';
import type { StaleOutcome } from './stale.ts';
import type { RunTally } from './tally.ts';
import type { Plan, Task } from './task.ts';
import type { Parted } from './up-to-date.ts';

export interface RunOptions extends RunListener {
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
  /** No write happens outside this folder, links resolved; null lifts that. Default: the export folder. */
  readonly exportRoot?: string | null;
  /**
   * Make the impression of each texture with it, where `curate`, `report` or `studio` is to follow: in the worker, while its
   * sound is at hand. Default: leave it to them.
   */
  readonly impresses?: boolean;
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
  readonly stoppedEarly: EarlyEnd | null;
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
  const events = startRunEvents(options);
  tellOfPlan(plan, events.emit);
  const location: ExportLocation = { exportFolder, exportRoot };
  const outcome = await withExportFolder(platform, location, () =>
    carryOut(platform, plan, location, options, events),
  );
  events.rethrow();
  return {
    ...events.tally(),
    manifest: manifestPath(exportFolder),
    manifestRows: outcome.listed.size,
    stale: outcome.stale,
    sourcesUpToDate: outcome.sourcesUpToDate,
    seconds: (platform.clock.elapsed() - started) / 1000,
    stoppedEarly: events.endedBy(),
  };
}

/** What planning found that cannot be mined, and sources that stand for several files. */
function tellOfPlan({ problems, copied, unread }: Plan, emit: Emit): void {
  for (const { source, message } of problems) {
    emit({ kind: 'source-failed', source, code: 'file-system', message });
  }
  for (const each of copied) emit({ kind: 'copied', ...each });
  for (const each of unread) emit({ kind: 'passed-over', family: null, variant: null, ...each });
}

/** What is done while the export folder is held. */
async function carryOut(
  platform: Platform,
  plan: Plan,
  location: ExportLocation,
  { force = false, beside = false, prune = false, impresses = false, jobs }: RunOptions,
  { emit, signal, endedBy }: RunEvents,
) {
  const families = plan.request.families ?? FAMILIES;
  const memory = await openRunMemory(platform, plan, location, emit);
  const asLeft = await memory.listed();
  const settle = openSettling(platform, location, families, emit);
  let { listed, whole } = asLeft ? { listed: asLeft, whole: asLeft } : await settle();
  const needed = await memory.needed({ listed, whole }, { force, beside, signal });
  // Of what is up to date as well: the record may be lost.
  const work = [...needed.tasks, ...standing(needed.upToDate)];
  await recordSettings(platform, location, work, families);
  if (needed.tasks.length > 0) {
    if (impresses) await beginImpressions(platform, location.exportFolder);
    await runTasks(platform, needed.tasks, { location, families, impresses }, jobs, emit, signal);
    ({ listed, whole } = await settle().catch((error) => {
      // A disk that takes no more sound takes no manifest either; the journal keeps the rows for the next run.
      if (endedBy() !== 'export-failed') throw error;
      return { listed, whole };
    }));
  }
  const isWhole = endedBy() === null && !signal.aborted;
  const stale = isWhole ? await memory.stale(listed, prune) : [];
  if (stale.some(({ outcome }) => outcome === 'removed')) ({ listed, whole } = await settle());
  if (endedBy() !== 'export-failed') await memory.keep({ listed, whole }, isWhole);
  return { listed, stale, sourcesUpToDate: needed.upToDate.length };
}

/**
 * Brings the manifest up to date, and the settings' record with it: that loses nothing in a run that found rows damaged, since they may
 * come back with the file that was set aside.
 */
function openSettling(
  platform: Platform,
  location: ExportLocation,
  families: Families,
  emit: Emit,
): () => Promise<ListedRows> {
  let isDamaged = false;
  return async () => {
    const { exportFolder, exportRoot } = location;
    const { rows, setAside, faults } = await settleManifest(platform, exportFolder, exportRoot);
    if (setAside) emit({ kind: 'warning', source: null, notice: setAside });
    isDamaged ||= setAside !== null;
    if (!isDamaged)
      await pruneSettingsRecord(platform, location, new Set(rows.map(({ settings }) => settings)));
    return partedRows(rows, faults, families);
  };
}

/** Of sources that are up to date, the work of which textures are there. */
function standing(upToDate: Parted['upToDate']): Pick<Task, 'makers' | 'settings'>[] {
  return upToDate.map(({ task, kept }) => ({
    settings: task.settings,
    makers: kept.filter(({ textures }) => textures.length > 0).map(({ unit }) => unit.making),
  }));
}

/**
 * From an archive to a kit in one go: excavate, lay dust, curate, kit, instruments, report. A step that fails is reported, and the
 * next ones go on with what there is.
 */

import { admit } from '../engine/admission.ts';
import { expectation } from '../engine/expectation.ts';
import { assertNoFile, assertWritable } from '../engine/export-clash.ts';
import { planDust } from '../engine/plan-dust.ts';
import { previewRun } from '../engine/preview-run.ts';
import type { RunResult } from '../engine/run.ts';
import { type SourceRoute, sourceRoutes } from '../engine/source-routes.ts';
import type { Plan } from '../engine/task.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { carryOut, mining } from './batch-mining.ts';
import { previewBatch, profilesOf } from './batch-plan.ts';
import { makeOfExport } from './batch-products.ts';
import { type BatchListener, type BatchProducts, type BatchRequest, NOTHING } from './batch-request.ts';
import { openBatchStamps } from './batch-stamps.ts';
import type { Course } from './batch-steps.ts';
import { bytesBelow } from './files-below.ts';
import { openRunLog } from './run-log.ts';
import { openStepMemory } from './step-memory.ts';
import type { StepOutcome } from './step-outcome.ts';

export interface BatchResult extends BatchProducts {
  /** What the sources were taken for; none where the archive is sorted. */
  readonly routes: readonly SourceRoute[];
  readonly plan: Plan;
  /** Null where it failed as a whole. */
  readonly run: RunResult | null;
  /** Null where the run before it ended early, or it failed as a whole. */
  readonly dust: RunResult | null;
  /** What dust was to be laid under; null where the run before it ended early, or that could not be known. */
  readonly dustPlan: Plan | null;
  readonly steps: readonly StepOutcome[];
  /** From start to end. */
  readonly seconds: number;
  /** Bytes of all files in the export folder. */
  readonly diskBytes: number;
  /** What went wrong beside the steps: the log could not be kept. */
  readonly warnings: readonly string[];
  readonly isInterrupted: boolean;
}

/**
 * Does it all. What a step makes is replaced by the next batch, unless somebody changed it. What happens is added to
 * `run.jsonl` in the export folder as it happens. From the first texture on, whatever is thrown is a step's failure.
 *
 * @throws ConfigError where a profile is unknown or wrong, the export folder is a file, or the input holds no sound: before
 *   anything is made
 * @throws BusyError while another run works in the export folder; NotAllowedError, DiskFullError, FileSystemError where the
 *   folder or its notes cannot be opened
 */
export async function batch(
  platform: Platform,
  request: BatchRequest,
  listener: BatchListener = {},
): Promise<BatchResult> {
  const started = platform.clock.elapsed();
  const profiles = await profilesOf(platform, request);
  await assertNoFile(platform, request.exportFolder);
  await assertWritable(platform, request.exportFolder);
  const planned = await previewBatch(platform, request, listener);
  listener.expects?.(await expectationOf(platform, planned, request));
  const course = await beginCourse(platform, request, listener);
  const { exportFolder } = request;
  const mined = await mining(platform, 'excavate', course, () =>
    carryOut(platform, 'excavate', planned, request, listener, course),
  );
  // Of nothing but what cannot be read there is nothing to choose from.
  const goesOn = (run: RunResult | null) =>
    run === null || (run.stoppedEarly === null && run.manifestRows > 0);
  let dustPlan: Plan | null = null;
  const dusted = goesOn(mined)
    ? await mining(platform, 'dust', course, async () => {
        const { settings, projectFolder, seed, anySeed = false, families = FAMILIES } = planned.request;
        dustPlan = await planDust(platform, { settings, projectFolder, seed, anySeed, families });
        return carryOut(platform, 'dust', dustPlan, request, listener, course);
      })
    : null;
  const products =
    goesOn(mined) && goesOn(dusted)
      ? await makeOfExport(platform, profiles, request, listener, course)
      : NOTHING;
  const warnings = await course.log.written().then(
    () => [],
    (error: Error) => [`The log is not whole: ${error.message}`],
  );
  return {
    plan: planned,
    routes: sourceRoutes(planned),
    run: mined,
    dustPlan,
    dust: dusted,
    ...products,
    steps: course.steps,
    warnings,
    seconds: (platform.clock.elapsed() - started) / 1000,
    diskBytes: await bytesBelow(platform, exportFolder),
    isInterrupted: request.run.signal?.aborted ?? false,
  };
}

async function beginCourse(
  platform: Platform,
  request: BatchRequest,
  listener: BatchListener,
): Promise<Course> {
  const { exportFolder, force, run } = request;
  return {
    exportFolder,
    force,
    signal: run.signal,
    listener,
    log: await openRunLog(platform, request),
    stamps: await openBatchStamps(platform, request),
    memory: await openStepMemory(platform, request),
    steps: [],
    hasBegun: false,
  };
}

/** What is not up to date is what takes time and room. */
async function expectationOf(
  platform: Platform,
  planned: Plan,
  { force, run: { beside = false, jobs } }: BatchRequest,
) {
  const { needed } = await previewRun(platform, planned, { force, beside, prune: false });
  return expectation(platform, needed, jobs ?? admit(needed.tasks, platform.machine()).jobs);
}

/**
 * From an archive to a kit in one go: excavate, lay dust, curate, kit, instruments, report. A step that fails is reported, and the
 * next ones go on with what there is.
 */

import { ownFolderAround } from '../archive/own-folder.ts';
import type { Families, Settings } from '../config/settings.ts';
import { withTurnedOn } from '../config/turned-on.ts';
import { admit } from '../engine/admission.ts';
import type { RunEvent } from '../engine/events.ts';
import { expectation } from '../engine/expectation.ts';
import { assertNoFile, assertWritable } from '../engine/export-clash.ts';
import { plan } from '../engine/plan.ts';
import { planDust } from '../engine/plan-dust.ts';
import { previewRun } from '../engine/preview-run.ts';
import { routeByKind } from '../engine/route-by-kind.ts';
import { type RunResult, run } from '../engine/run.ts';
import { shownPath } from '../engine/shown-path.ts';
import { type SourceRoute, sourceRoutes } from '../engine/source-routes.ts';
import type { Plan, PlanRequest } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, ConfigError, type ErrorCode } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { phaseIds, phasesOf } from '../families/lookup.ts';
import { relative } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Profile } from '../targets/profile.ts';
import { eventDocument } from '../wording/events.ts';
import { routeDocument } from '../wording/routes.ts';
import { OWN_FOLDER_WORDS } from '../wording/unread.ts';
import { makeOfExport } from './batch-products.ts';
import { type BatchListener, type BatchProducts, type BatchRequest, NOTHING } from './batch-request.ts';
import { openBatchStamps } from './batch-stamps.ts';
import { type Course, failureOf, noteStep } from './batch-steps.ts';
import { bytesBelow } from './files-below.ts';
import { isSorted } from './is-sorted.ts';
import { readProfile } from './profiles.ts';
import { openRunLog } from './run-log.ts';
import { openStepMemory } from './step-memory.ts';
import type { BatchStep, StepOutcome, StepReason } from './step-outcome.ts';

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

/** Those of the devices that are asked for, each once. */
async function profilesOf(platform: Platform, { profiles }: BatchRequest): Promise<Profile[]> {
  const read = await Promise.all(profiles.map((name) => readProfile(platform, name)));
  return [...new Map(read.map((profile) => [profile.id, profile])).values()];
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

/**
 * What a batch would excavate, and what its sources are taken for. Nothing is written.
 * @throws ConfigError where a profile is unknown or wrong, the input holds no sound, or the config skips all of them
 * @throws FileSystemError
 */
export async function previewBatch(
  platform: Platform,
  request: BatchRequest,
  listener: Pick<BatchListener, 'analysing' | 'routed'>,
): Promise<Plan> {
  await profilesOf(platform, request);
  await assertNoExport(platform, request.input);
  const excavating = await excavation(platform, request);
  const planned = await plan(platform, excavating);
  if (planned.tasks.length === 0 && planned.unread.length === 0) throw nothingIn(request.input, planned);
  if (excavating.from === undefined || planned.tasks.length === 0) return planned;
  const { jobs, signal } = request.run;
  const routed = await routeByKind(platform, planned, {
    ...(jobs === undefined ? {} : { jobs }),
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, all) => listener.analysing?.(done, all),
  });
  listener.routed?.(sourceRoutes(routed));
  if (routed.tasks.length > 0) return routed;
  throw new ConfigError(`routes.skip skips every sound in “${request.input}”; change it in the config.`);
}

/**
 * Textures are made: what goes wrong with all of it is the step's failure, and the next steps go on with what there is.
 * Only where the first can't begin, the batch can't.
 */
async function mining(
  platform: Platform,
  step: BatchStep,
  course: Course,
  work: () => Promise<RunResult>,
): Promise<RunResult | null> {
  const started = platform.clock.elapsed();
  try {
    return await work();
  } catch (error) {
    if (step === 'excavate' && !course.hasBegun && error instanceof AfterglowError) throw error;
    const seconds = (platform.clock.elapsed() - started) / 1000;
    noteStep(course, {
      step,
      what: 'manifest.csv',
      outcome: 'failed',
      reason: failureOf(error, course),
      seconds,
    });
    return null;
  }
}

/** Makes textures. */
async function carryOut(
  platform: Platform,
  step: BatchStep,
  planned: Plan,
  request: BatchRequest,
  listener: BatchListener,
  course: Course,
): Promise<RunResult> {
  const { exportFolder, exportRoot, input, project, seed } = request;
  const emit = listener.planned?.(step, planned);
  // What cannot be mined is reported before there is an export folder to log in.
  const early: RunEvent[] = [];
  const result = await run(platform, planned, {
    ...request.run,
    exportRoot,
    force: request.force,
    impresses: true,
    onEvent: (event) => {
      if (event.kind === 'looked' && !course.hasBegun) {
        const from = relative(exportFolder, input);
        course.hasBegun = true;
        course.log.add({ kind: 'batch', engine_version: ENGINE_VERSION, seed, project, input: from });
        for (const route of sourceRoutes(planned))
          course.log.add({ ...routeDocument(route), kind: 'routed', source_kind: route.kind });
      }
      if (isWorthKeeping(event)) early.push(event);
      if (course.hasBegun) for (const each of early.splice(0)) course.log.add(eventDocument(each));
      emit?.(event);
    },
  });
  const reason = whyFailed(result);
  noteStep(course, {
    step,
    what: 'manifest.csv',
    outcome: reason === null ? 'done' : 'failed',
    reason,
    seconds: result.seconds,
  });
  return result;
}

/** Null where textures were made as they should be. A broken file in an archive is no failure: nothing was to be had of it. */
function whyFailed({ failed, stoppedEarly }: RunResult): StepReason | null {
  if (stoppedEarly === 'strict') return { code: 'stopped-at-failure' };
  const sources = failed.filter(({ code }) => !BROKEN_SOUND.has(code)).length;
  return sources === 0 ? null : { code: 'sources-failed', sources };
}

/** What is wrong with a file itself, whoever reads it. */
const BROKEN_SOUND: ReadonlySet<string> = new Set([
  'malformed-file',
  'unsupported-format',
] satisfies ErrorCode[]);

/** What is to be excavated, and out of which folders. */
async function excavation(platform: Platform, request: BatchRequest): Promise<PlanRequest> {
  const { input, settings, exportFolder, seed, anySeed, only, families = FAMILIES } = request;
  const isByFolder = only === undefined && (await isSorted(platform, input, settings.paths));
  return {
    projectFolder: input,
    seed,
    anySeed,
    phases: phaseIds(families),
    families,
    settings: withPhaseFlags(
      { ...settings, paths: { ...settings.paths, export_dir: exportFolder } },
      families,
    ),
    ...(only === undefined ? {} : { only }),
    ...(isByFolder ? {} : { from: input }),
  };
}

/** The settings with all that flags of phases turn on: a batch takes whatever there is. */
function withPhaseFlags(settings: Settings, families: Families): Settings {
  return phasesOf<Settings>(families).reduce(
    (changed, { flag }) => (flag ? withTurnedOn(changed, flag.setting) : changed),
    settings,
  );
}

/** A batch of an export would mine what an earlier one made. @throws ConfigError */
async function assertNoExport(platform: Platform, input: string): Promise<void> {
  const around = await ownFolderAround(platform, input);
  if (around === null) return;
  const where = around.path === input ? 'is' : 'lies in';
  throw new ConfigError(
    `“${input}” ${where} ${OWN_FOLDER_WORDS[around.what]}, which is never mined; --input names an archive of songs and sounds ("afterglow make-clouds --from" takes a folder of an export).`,
    { context: { input } },
  );
}

function nothingIn(input: string, { folders, problems }: Plan): ConfigError {
  const looked = folders.filter((folder) => folder.exists).map(({ path }) => shownPath(path, input));
  const inside = folders[0]?.key === 'from' ? '' : ` in ${[...new Set(looked)].join(', ')}`;
  const first = problems.length === 0 ? '' : ` (${problems[0].message.replace(/\.$/, '')})`;
  return new ConfigError(
    `“${input}” holds no sound that can be mined${inside}${first}; name a folder of WAV, AIFF, FLAC, MP3, Ogg or Opus files.`,
    { context: { input, problems } },
  );
}

/** How far each source is, is for the eye. */
function isWorthKeeping({ kind }: RunEvent): boolean {
  return kind !== 'analysing' && kind !== 'source-started' && kind !== 'making-done';
}

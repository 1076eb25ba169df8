/**
 * From an archive to a kit in one go: excavate, lay dust, curate, kit, instruments, report. A step that fails is reported, and the
 * next ones go on with what there is.
 */

import { ownFolderAround } from '../archive/own-folder.ts';
import type { Families, Settings } from '../config/settings.ts';
import { withTurnedOn } from '../config/turned-on.ts';
import { admit } from '../engine/admission.ts';
import type { Emit, RunEvent } from '../engine/events.ts';
import { type Expectation, expectation } from '../engine/expectation.ts';
import { assertNoFile } from '../engine/export-clash.ts';
import { KITS_FOLDER } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { plan } from '../engine/plan.ts';
import { planDust } from '../engine/plan-dust.ts';
import { previewRun } from '../engine/preview-run.ts';
import { routeByKind } from '../engine/route-by-kind.ts';
import { type RunOptions, type RunResult, run } from '../engine/run.ts';
import { shownPath } from '../engine/shown-path.ts';
import { type SourceRoute, sourceRoutes } from '../engine/source-routes.ts';
import type { Plan, PlanRequest } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, ConfigError, type ErrorCode } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { phaseIds, phasesOf } from '../families/lookup.ts';
import { join, relative } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { kitFolderName } from '../targets/device-names.ts';
import type { Profile } from '../targets/profile.ts';
import { eventDocument } from '../wording/events.ts';
import { routeDocument } from '../wording/routes.ts';
import { OWN_FOLDER_WORDS } from '../wording/unread.ts';
import { openBatchStamps } from './batch-stamps.ts';
import { type Course, doStep, failureOf, noteStep, type StepListener } from './batch-steps.ts';
import { CURATED_FOLDER, type Curated, curate } from './curate.ts';
import { bytesBelow } from './files-below.ts';
import { BATCH_FORMATS, type InstrumentResult, writeInstruments } from './instrument.ts';
import { type KitResult, makeKit } from './kit.ts';
import { readProfile } from './profiles.ts';
import { type ReportResult, writeReport } from './report.ts';
import { openRunLog } from './run-log.ts';
import type { BatchStep, StepOutcome, StepReason } from './step-outcome.ts';

export interface BatchRequest extends ExportLocation {
  /** Absolute: the archive. With none of the three source folders in it, the analysis sorts its sounds: see `engine/routes.ts`. */
  readonly input: string;
  /** Names kits and instruments. */
  readonly project: string;
  /** Whether instruments and a report are made too; by default they are. */
  readonly withProducts?: boolean;
  /** Device profiles, by name or file; each gives a kit. */
  readonly profiles: readonly string[];
  /** See {@link InstrumentRequest.rate}. */
  readonly instrumentRate?: number | undefined;
  /** Paths of sources start from the input; `export_dir` counts for nothing. */
  readonly settings: Settings;
  /** What may be made; by default the engine's families. */
  readonly families?: Families;
  readonly seed: number;
  readonly anySeed: boolean;
  readonly run: Pick<RunOptions, 'jobs' | 'strict' | 'signal' | 'beside' | 'prune'>;
  /**
   * Makes all textures again, those that somebody kept or changed too, and replaces selection, kits and instruments that
   * somebody changed since a batch made them.
   */
  readonly force: boolean;
}

/** Who wants to know how a batch gets on; each of its methods may be left out. */
export interface BatchListener extends StepListener {
  /** Once it is known what is to be done, and what that may take. */
  expects?(expected: Expectation): void;
  /** Before textures are made. @returns what receives the run's events */
  planned?(step: BatchStep, plan: Plan): Emit;
  /** Of a step that makes no textures, how far it is. */
  progress?(done: number, all: number): void;
  /** While sounds of an unsorted folder are analysed that are new. */
  analysing?(done: number, all: number): void;
  /** What the sounds of an unsorted folder were taken for. */
  routed?(routes: readonly SourceRoute[]): void;
}

export interface BatchResult {
  /** What the sources were taken for; none where the archive is sorted. */
  readonly routes: readonly SourceRoute[];
  readonly plan: Plan;
  /** Null where it failed as a whole. */
  readonly run: RunResult | null;
  /** Null where the run before it ended early, or it failed as a whole. */
  readonly dust: RunResult | null;
  /** What dust was to be laid under; null where the run before it ended early, or that could not be known. */
  readonly dustPlan: Plan | null;
  readonly curated: Curated | null;
  readonly kits: readonly BatchKit[];
  readonly instruments: InstrumentResult | null;
  readonly report: ReportResult | null;
  readonly steps: readonly StepOutcome[];
  /** From start to end. */
  readonly seconds: number;
  /** Bytes of all files in the export folder. */
  readonly diskBytes: number;
  /** What went wrong beside the steps: the log could not be kept. */
  readonly warnings: readonly string[];
  readonly isInterrupted: boolean;
}

export interface BatchKit extends KitResult {
  readonly profile: Profile;
}

const REPORT_FILE = 'report.html';

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
  const planned = await previewBatch(platform, request, listener);
  listener.expects?.(await expectationOf(platform, planned, request));
  const log = await openRunLog(platform, request);
  const stamps = await openBatchStamps(platform, request);
  const { exportFolder, force } = request;
  const { signal } = request.run;
  const course: Course = { exportFolder, force, signal, listener, log, stamps, steps: [], hasBegun: false };
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
  const warnings = await log.written().then(
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
    isInterrupted: signal?.aborted ?? false,
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

/** What the steps after excavation make. */
type Products = Pick<BatchResult, 'curated' | 'kits' | 'instruments' | 'report'>;
const NOTHING: Products = { curated: null, kits: [], instruments: null, report: null };

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

/** Curates, and makes kits, instruments and report, as far as each can be done. */
async function makeOfExport(
  platform: Platform,
  profiles: readonly Profile[],
  request: BatchRequest,
  listener: BatchListener,
  course: Course,
): Promise<Products> {
  const { exportFolder, exportRoot, project, settings, instrumentRate, families = FAMILIES } = request;
  const progress = (done: number, all: number) => listener.progress?.(done, all);
  const { signal } = request.run;

  const curated = await doStep(platform, course, 'curate', CURATED_FOLDER, (place) =>
    curate(
      platform,
      {
        exportFolder,
        exportRoot,
        ...place,
        dryRun: false,
        count: settings.curation.per_family,
        families: null,
        known: families,
        leastGrade: 'B',
      },
      { signal, onProgress: progress },
    ),
  );
  const kits: BatchKit[] = [];
  for (const profile of profiles) {
    const name = kitName(project, profile);
    const kit = await doStep(platform, course, 'kit', `${KITS_FOLDER}/${name}`, (place) =>
      makeKit(platform, { exportFolder, exportRoot, profile, name, families, ...place, signal }, progress),
    );
    if (kit) kits.push({ ...kit, profile });
  }
  if (request.withProducts === false) return { ...NOTHING, curated, kits };
  const instruments = await doStep(platform, course, 'instruments', `${KITS_FOLDER}/${project}`, (place) =>
    writeInstruments(
      platform,
      {
        exportFolder,
        root: exportRoot,
        name: project,
        families,
        formats: BATCH_FORMATS,
        rate: instrumentRate,
        out: null,
        ...place,
        signal,
      },
      progress,
    ),
  );
  const report = await doStep(platform, course, 'report', REPORT_FILE, () =>
    writeReport(platform, {
      exportFolder,
      root: exportRoot,
      families,
      path: join(exportFolder, REPORT_FILE),
      previews: 'small',
      signal,
      onProgress: progress,
    }),
  );
  return { curated, kits, instruments, report };
}

/** What is to be excavated, and out of which folders. */
async function excavation(platform: Platform, request: BatchRequest): Promise<PlanRequest> {
  const { input, settings, exportFolder, seed, anySeed, families = FAMILIES } = request;
  const { source_audio_dir, pad_sources_dir, drums_dir } = settings.paths;
  const folders = [source_audio_dir, pad_sources_dir, drums_dir].map((folder) => join(input, folder));
  const isSorted = (await Promise.all(folders.map((folder) => platform.files.exists(folder)))).includes(true);
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
    ...(isSorted ? {} : { from: input }),
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
    `“${input}” holds no sound that can be mined${inside}${first}; --input names a folder of WAV, AIFF, FLAC, MP3, Ogg or Opus files.`,
    { context: { input, problems } },
  );
}

/** What the folder of a kit may be called, whatever its device can show: that has folders of its own in it. */
const KIT_NAME_RULES = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_', longest: 100 };

/** A kit's folder: the project's name, and the device's, in letters without accents. */
export function kitName(project: string, { id }: Pick<Profile, 'id'>): string {
  return kitFolderName(`${project} ${id}`.toUpperCase(), KIT_NAME_RULES);
}

/** How far each source is, is for the eye. */
function isWorthKeeping({ kind }: RunEvent): boolean {
  return kind !== 'analysing' && kind !== 'source-started' && kind !== 'making-done';
}

/** The steps of a batch that make textures: their log, and when they have failed. */

import type { RunEvent } from '../engine/events.ts';
import { type RunResult, run } from '../engine/run.ts';
import { sourceRoutes } from '../engine/source-routes.ts';
import type { Plan } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, type ErrorCode } from '../errors.ts';
import { relative } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { eventDocument } from '../wording/events.ts';
import { routeDocument } from '../wording/routes.ts';
import type { BatchListener, BatchRequest } from './batch-request.ts';
import { type Course, failureOf, noteStep } from './batch-steps.ts';
import type { BatchStep, StepReason } from './step-outcome.ts';

/**
 * Textures are made: what goes wrong with all of it is the step's failure, and the next steps go on with what there is.
 * Only where the first can't begin, the batch can't.
 * @returns null where it failed as a whole
 * @throws AfterglowError where the first step failed before it began
 */
export async function mining(
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

/** Makes textures, and logs what happens. @throws as {@link run} */
export async function carryOut(
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

/** How far each source is, is for the eye. */
function isWorthKeeping({ kind }: RunEvent): boolean {
  return kind !== 'analysing' && kind !== 'source-started' && kind !== 'making-done';
}

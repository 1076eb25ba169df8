/** The steps of a batch: each is done if it can be, and what came of it is told and logged. */
import { join } from 'node:path';
import { AfterglowError } from '../errors.ts';
import { folderStamp } from './folder-stamp.ts';
import type { RunLog } from './run-log.ts';

/** The steps, in their order. */
export type BatchStep = 'excavate' | 'dust' | 'curate' | 'kit' | 'instruments' | 'report';

/** What came of a step; of `kit` there may be several. */
export interface StepOutcome {
  readonly step: BatchStep;
  /** The folder or file that it made, relative to the export folder. */
  readonly what: string;
  /** `kept`: what lies there was changed since a batch made it, so it stays. */
  readonly outcome: 'done' | 'failed' | 'kept';
  /** Why it failed or was kept. */
  readonly message: string | null;
  readonly seconds: number;
}

export interface StepListener {
  stepStarted(step: BatchStep, what: string): void;
  stepEnded(outcome: StepOutcome): void;
}

/** A batch under way. */
export interface Course {
  /** Absolute. */
  readonly exportFolder: string;
  /** Replaces what was changed by hand. */
  readonly force: boolean;
  readonly signal: AbortSignal | undefined;
  readonly listener: StepListener;
  readonly log: RunLog;
  /** What came of each step so far. */
  readonly steps: StepOutcome[];
}

/** Takes note of what came of a step. @param stamp of what it made */
export function noteStep(
  { steps, log, listener }: Course,
  outcome: StepOutcome,
  stamp: string | null = null,
): void {
  steps.push(outcome);
  log.add({ kind: 'step', ...outcome, ...(stamp === null ? {} : { stamp }) });
  listener.stepEnded(outcome);
}

/**
 * Does a step; null where it made nothing.
 * @param what the folder or file it makes, relative to the export folder
 * @param make is told whether there is one to be replaced
 */
export async function doStep<T>(
  course: Course,
  step: BatchStep,
  what: string,
  make: (force: boolean) => Promise<T>,
): Promise<T | null> {
  const { signal } = course;
  if (signal?.aborted) return null;
  course.listener.stepStarted(step, what);
  const started = performance.now();
  const place = join(course.exportFolder, what);
  const note = (outcome: StepOutcome['outcome'], message: string | null, stamp: string | null) =>
    noteStep(course, { step, what, outcome, message, seconds: (performance.now() - started) / 1000 }, stamp);
  try {
    const stamp = await folderStamp(place);
    // A report knows itself whether what stands there is one.
    const isByHand = stamp !== null && stamp !== course.log.stampOf(what) && step !== 'report';
    if (isByHand && !course.force) {
      note('kept', `“${place}” is not as a batch left it, so it stays; --force replaces it`, null);
      return null;
    }
    const made = await make(stamp !== null);
    note('done', null, await folderStamp(place));
    return made;
  } catch (error) {
    if (signal?.aborted) return null;
    if (!(error instanceof AfterglowError)) throw error;
    note('failed', error.message, null);
    return null;
  }
}

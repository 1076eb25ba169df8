/** The steps of a batch: each is done if it can be, and what came of it is told and logged. */
import { join } from 'node:path';
import { AfterglowError } from '../errors.ts';
import type { BatchStamps } from './batch-stamps.ts';
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
  readonly stamps: BatchStamps;
  /** What came of each step so far. */
  readonly steps: StepOutcome[];
}

/** Takes note of what came of a step. */
export function noteStep({ steps, log, listener }: Course, outcome: StepOutcome): void {
  steps.push(outcome);
  log.add({ kind: 'step', ...outcome });
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
  const note = (outcome: StepOutcome['outcome'], message: string | null) =>
    noteStep(course, { step, what, outcome, message, seconds: (performance.now() - started) / 1000 });
  // A report knows itself whether what stands there is one.
  const stampNow = async () => (step === 'report' ? null : folderStamp(place));
  try {
    const before = await stampNow();
    const isByHand = before !== null && before !== course.stamps.of(what);
    if (isByHand && !course.force) {
      note('kept', `“${place}” is not as a batch left it, so it stays; --force replaces it`);
      return null;
    }
    const made = await make(before !== null);
    const after = await stampNow();
    if (after !== null) await course.stamps.keep(what, after);
    note('done', null);
    return made;
  } catch (error) {
    if (signal?.aborted) return null;
    if (!(error instanceof AfterglowError)) throw error;
    note('failed', error.message);
    return null;
  }
}

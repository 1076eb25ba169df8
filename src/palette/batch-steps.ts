/** The steps of a batch: each is done if it can be, and what came of it is reported and logged. */

import { putBack } from '../archive/set-aside.ts';
import { AfterglowError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { stepDocument } from '../wording/steps.ts';
import type { BatchStamps } from './batch-stamps.ts';
import { folderStamp } from './folder-stamp.ts';
import type { RunLog } from './run-log.ts';
import type { BatchStep, StepOutcome, StepReason } from './step-outcome.ts';

export interface StepListener {
  /** Of a step that makes no textures. */
  stepStarted?(step: BatchStep, what: string): void;
  stepEnded?(outcome: StepOutcome): void;
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
  /** The export folder is the batch's, and sources have been looked at. */
  hasBegun: boolean;
}

/** Takes note of what came of a step. */
export function noteStep({ steps, log, listener }: Course, outcome: StepOutcome): void {
  steps.push(outcome);
  log.add({ kind: 'step', ...stepDocument(outcome) });
  listener.stepEnded?.(outcome);
}

/** How a step's folder is to be put in place. */
export interface StepPlace {
  /** There is one to be replaced. */
  readonly force: boolean;
  /** See `WholeFolder.beforeSwap`. */
  readonly beforeSwap: (staging: string) => Promise<void>;
}

/**
 * Does a step; null where it made nothing. Whatever is thrown is the step's failure.
 * @param what the folder or file it makes, relative to the export folder
 */
export async function doStep<T>(
  platform: Platform,
  course: Course,
  step: BatchStep,
  what: string,
  make: (place: StepPlace) => Promise<T>,
): Promise<T | null> {
  const { signal } = course;
  if (signal?.aborted) return null;
  course.listener.stepStarted?.(step, what);
  const started = platform.clock.elapsed();
  const place = join(course.exportFolder, what);
  const note = (outcome: StepOutcome['outcome'], reason: StepReason | null) =>
    noteStep(course, { step, what, outcome, reason, seconds: (platform.clock.elapsed() - started) / 1000 });
  // A report knows itself whether what stands there is one.
  const isFolder = step !== 'report';
  let made: T;
  try {
    if (isFolder) await putBack(platform, place);
    const before = isFolder ? await folderStamp(platform, place) : null;
    const isByHand = before !== null && !course.stamps.isAsLeft(what, before);
    if (isByHand && !course.force) {
      note('kept', { code: 'changed-by-hand', path: place });
      return null;
    }
    const beforeSwap = async (staging: string) => {
      const stamp = await folderStamp(platform, staging);
      if (stamp !== null) await course.stamps.promise(what, stamp);
    };
    made = await make({ force: before !== null, beforeSwap });
    if (isFolder) await course.stamps.settle(what);
  } catch (error) {
    if (signal?.aborted) return null;
    note('failed', failureOf(error, course));
    return null;
  }
  note('done', null);
  return made;
}

/** What failed; of what should not have happened, the log keeps where it did. */
export function failureOf(error: unknown, { log }: Course): StepReason {
  if (error instanceof AfterglowError) return { code: 'error', error: error.code, sentence: error.message };
  log.add({ kind: 'unforeseen', error: String(error), stack: error instanceof Error ? error.stack : null });
  return { code: 'unforeseen', thrown: String(error) };
}

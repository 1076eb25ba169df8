/** The steps of a batch: each is done if it can be, and what came of it is told and logged. */

import { putBack } from '../archive/set-aside.ts';
import { AfterglowError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
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
  log.add({ kind: 'step', ...outcome });
  listener.stepEnded?.(outcome);
}

/** How a step's folder is to be put in place. */
export interface StepPlace {
  /** There is one to be replaced. */
  readonly force: boolean;
  /** See `WholeFolder.beforeSwap`. */
  readonly beforeSwap: (making: string) => Promise<void>;
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
  const note = (outcome: StepOutcome['outcome'], message: string | null) =>
    noteStep(course, { step, what, outcome, message, seconds: (platform.clock.elapsed() - started) / 1000 });
  // A report knows itself whether what stands there is one.
  const isFolder = step !== 'report';
  let made: T;
  try {
    if (isFolder) await putBack(platform, place);
    const before = isFolder ? await folderStamp(platform, place) : null;
    const isByHand = before !== null && !course.stamps.isAsLeft(what, before);
    if (isByHand && !course.force) {
      note(
        'kept',
        `“${place}” is not as a batch left it, so it stays; move it away to have it made anew (--force replaces it, and all textures too)`,
      );
      return null;
    }
    const beforeSwap = async (making: string) => {
      const stamp = await folderStamp(platform, making);
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

/** What failed, in a sentence; of what should not have happened, the log keeps where it did. */
export function failureOf(error: unknown, { log }: Course): string {
  if (error instanceof AfterglowError) return error.message;
  log.add({ kind: 'unforeseen', error: String(error), stack: error instanceof Error ? error.stack : null });
  return `Something unforeseen went wrong (${String(error)}); please report it, with run.jsonl.`;
}

/** The steps of a batch: each is done if it can be, and what came of it is reported and logged. */

import { readFolderRecord } from '../archive/folder-record.ts';
import { putBack } from '../archive/set-aside.ts';
import { AfterglowError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { stepDocument } from '../wording/steps.ts';
import type { BatchStamps } from './batch-stamps.ts';
import { folderStamp } from './folder-stamp.ts';
import type { RunLog } from './run-log.ts';
import { looksOf, type StepMemory } from './step-memory.ts';
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
  readonly memory: StepMemory;
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
interface StepPlace {
  /** There is one to be replaced. */
  readonly force: boolean;
  /** See `WholeFolder.beforeSwap`. */
  readonly beforeSwap: (staging: string) => Promise<void>;
}

/** A step of a batch: what it makes, of what, and how. */
export interface StepWork<Made extends Facts, Facts> {
  readonly step: BatchStep;
  /** The folder or file it makes, relative to the export folder. */
  readonly what: string;
  /** Digest of all that decides what it makes. */
  readonly inputs: () => Promise<string>;
  readonly make: (place: StepPlace) => Promise<Made>;
  /** What a batch says of it, as plain data. */
  readonly factsOf: (made: Made) => Facts;
  /** Whether nothing was amiss that may be mended by the next time. */
  readonly isSound: (made: Made) => boolean;
}

/** Does a step, unless it would make what is there; null where it made nothing. Whatever is thrown is the step's failure. */
export async function doStep<Made extends Facts, Facts>(
  platform: Platform,
  course: Course,
  work: StepWork<Made, Facts>,
): Promise<Facts | null> {
  const { signal } = course;
  const { step, what } = work;
  if (signal?.aborted) return null;
  course.listener.stepStarted?.(step, what);
  const started = platform.clock.elapsed();
  const note = (outcome: StepOutcome['outcome'], reason: StepReason | null) =>
    noteStep(course, { step, what, outcome, reason, seconds: (platform.clock.elapsed() - started) / 1000 });
  try {
    const { outcome, facts, reason } = await carriedOut(platform, course, work);
    note(outcome, reason);
    return facts;
  } catch (error) {
    if (signal?.aborted) return null;
    note('failed', failureOf(error, course));
    return null;
  }
}

interface CarriedOut<Facts> {
  readonly outcome: StepOutcome['outcome'];
  readonly facts: Facts | null;
  readonly reason: StepReason | null;
}

async function carriedOut<Made extends Facts, Facts>(
  platform: Platform,
  course: Course,
  { step, what, inputs: inputsOf, make, factsOf, isSound }: StepWork<Made, Facts>,
): Promise<CarriedOut<Facts>> {
  const { force, stamps, memory } = course;
  const place = join(course.exportFolder, what);
  // A report knows itself whether what stands there is one.
  const isFolder = step !== 'report';
  if (isFolder) await putBack(platform, place);
  const inputs = await inputsOf();
  const known = force ? null : memory.known(what, inputs);
  const upToDate = (facts: unknown) =>
    ({ outcome: 'up-to-date', facts: facts as Facts, reason: null }) as const;
  if (known && known.looks === (await looksOf(platform, place))) return upToDate(known.facts);
  const before = isFolder ? await folderStamp(platform, place) : null;
  if (before !== null && !stamps.isAsLeft(what, before)) {
    if (!force) return { outcome: 'kept', facts: null, reason: { code: 'changed-by-hand', path: place } };
  } else if (before !== null && known) {
    // Copied or touched: the bytes are the same.
    await memory.keep(what, known);
    return upToDate(known.facts);
  }
  const beforeSwap = async (staging: string) => {
    // Its record was written just now.
    const record = await readFolderRecord(platform, staging);
    const stamp = await folderStamp(platform, staging, record?.files);
    if (stamp !== null) await stamps.promise(what, stamp);
  };
  const made = await make({ force: before !== null, beforeSwap });
  if (isFolder) await stamps.settle(what);
  const facts = factsOf(made);
  if (isSound(made)) await memory.keep(what, { inputs, facts });
  return { outcome: 'done', facts, reason: null };
}

/** What failed; of what should not have happened, the log keeps where it did. */
export function failureOf(error: unknown, { log }: Course): StepReason {
  if (error instanceof AfterglowError) return { code: 'error', error: error.code, sentence: error.message };
  log.add({ kind: 'unforeseen', error: String(error), stack: error instanceof Error ? error.stack : null });
  return { code: 'unforeseen', thrown: String(error) };
}

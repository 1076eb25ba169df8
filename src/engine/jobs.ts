/** What worker threads do, by name: a platform's worker entry hands each job on to {@link doJob}. */
import type { Platform } from '../platform/platform.ts';
import type { RunEvent } from './events.ts';
import { excavate, type StopRequested } from './excavate.ts';
import type { ExportLocation } from './export-location.ts';
import { recogniseKind } from './recognise-kind.ts';
import type { Task } from './task.ts';

/** What a job is told while it is done, and what it tells. */
export interface JobContext {
  readonly emit: (event: RunEvent) => void;
  readonly stopRequested: StopRequested;
}

interface Excavation {
  readonly task: Task;
  readonly location: ExportLocation;
}

const JOBS = {
  excavate: (platform: Platform, { task, location }: Excavation, { emit, stopRequested }: JobContext) =>
    excavate(platform, task, location, emit, stopRequested),
  'recognise-kind': (platform: Platform, path: string) => recogniseKind(platform, path),
};

export type JobName = keyof typeof JOBS;
export type JobInput<Name extends JobName> = Parameters<(typeof JOBS)[Name]>[1];
export type JobResult<Name extends JobName> = Awaited<ReturnType<(typeof JOBS)[Name]>>;

/** Does a job in this thread. @param name a {@link JobName}, as it came from another thread, and its input */
export function doJob(
  platform: Platform,
  name: string,
  input: unknown,
  context: JobContext,
): Promise<unknown> {
  const job = JOBS[name as JobName] as (
    platform: Platform,
    input: unknown,
    context: JobContext,
  ) => Promise<unknown>;
  return job(platform, input, context);
}

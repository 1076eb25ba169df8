/** What worker threads do, by name: a platform's worker entry hands each job on to {@link doJob}. */
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { RunEvent } from './events.ts';
import { excavate, type StopRequested } from './excavate.ts';
import type { ExportLocation } from './export-location.ts';
import { type ImpressionRequest, makeImpression } from './impression.ts';
import { makePreview, type PreviewRequest } from './preview.ts';
import { recogniseKind } from './recognise-kind.ts';
import type { Task } from './task.ts';

/** What a job receives while it is done, and what it reports. */
export interface JobContext {
  readonly emit: (event: RunEvent) => void;
  readonly stopRequested: StopRequested;
}

export interface Excavation {
  readonly task: Task;
  readonly location: ExportLocation;
  /** In the caller's own thread alone: definitions hold functions, which cannot be sent to another. */
  readonly families?: Families;
}

const JOBS = {
  excavate: (
    platform: Platform,
    { task, location, families }: Excavation,
    { emit, stopRequested }: JobContext,
  ) => excavate(platform, task, location, emit, stopRequested, families ?? FAMILIES),
  impress: (platform: Platform, request: ImpressionRequest) => makeImpression(platform, request),
  preview: (platform: Platform, request: PreviewRequest) => makePreview(platform, request),
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

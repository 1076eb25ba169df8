/** What worker threads do, by name: a platform's worker entry hands each job on to {@link doJob}. */
import type { Platform } from '../platform/platform.ts';
import type { RunEvent } from './events.ts';
import { type Excavation, excavate, type StopRequested } from './excavate.ts';
import { type ImpressionRequest, makeImpression } from './impression.ts';
import { makePreview, type PreviewRequest } from './preview.ts';
import { recogniseKind } from './recognise-kind.ts';

/** What a job receives while it is done, and what it reports. */
export interface JobContext {
  readonly emit: (event: RunEvent) => void;
  readonly stopRequested: StopRequested;
}

const JOBS = {
  excavate: (platform: Platform, work: Excavation, { emit, stopRequested }: JobContext) =>
    excavate(platform, work, emit, stopRequested),
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

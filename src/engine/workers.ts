/** Does jobs side by side in a platform's worker threads, or one after the other in the caller's own. */
import type { Platform } from '../platform/platform.ts';
import type { Emit, RunEvent } from './events.ts';
import type { JobInput, JobName, JobResult } from './jobs.ts';

export interface JobPool {
  /** @param emit receives the job's events, the last one before the result is there */
  run<Name extends JobName>(job: Name, input: JobInput<Name>, emit: Emit): Promise<JobResult<Name>>;
  close(): Promise<void>;
}

/**
 * @param threads how many jobs at once; 0 works in the caller's thread, one job after the other
 * @param signal asks running jobs to end at the next good moment
 * @param isSmall each job works on little, such as a single hit
 */
export function openJobPool(
  platform: Platform,
  threads: number,
  signal: AbortSignal,
  isSmall = false,
): JobPool {
  const pool = threads === 0 ? null : platform.workers?.open(threads, isSmall);
  if (!pool) return ownThread(platform, signal);
  signal.addEventListener('abort', () => pool.stop(), { once: true });
  if (signal.aborted) pool.stop();
  return {
    run: async (job, input, emit) =>
      (await pool.run(job, input, (event) => emit(event as RunEvent))) as never,
    close: () => pool.close(),
  };
}

function ownThread(platform: Platform, signal: AbortSignal): JobPool {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(job, input, emit) {
      const done = last.then(async () => {
        // Where there are threads, this one never needs what makes sound, which takes long to load.
        const { doJob } = await import('./jobs.ts');
        return doJob(platform, job, input, { emit, stopRequested: () => signal.aborted });
      });
      last = done.catch(() => undefined);
      return done as Promise<never>;
    },
    async close() {},
  };
}

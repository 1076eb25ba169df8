/** What takes a while and writes: runs, renderings, kits. One at a time. */
import type { JobState, NotMade, Rendering, StudioEvent } from '../protocol.ts';
import { errorAnswer, isUnexpected, RequestError } from './request-error.ts';

/** How often progress is reported, ms. */
const REPORT_MS = 200;

/** What a job is given while it goes on. */
interface Work {
  /** Asks it to end. */
  readonly signal: AbortSignal;
  report(change: Partial<Pick<JobState, 'share' | 'message' | 'made'>>): void;
}

/** What came of a job that went to its end. */
export interface Outcome {
  /** In a sentence. */
  readonly message: string;
  readonly problems?: readonly string[];
  /** Why no more was made than was. */
  readonly notMade?: readonly NotMade[];
  readonly rendering?: Rendering;
  /** Somebody stopped it before all was made. */
  readonly isStopped?: boolean;
}

export interface Jobs {
  current(): JobState | null;
  /**
   * Begins a job, and reports it.
   * @returns what it comes to; it may be left alone, since what goes wrong is reported as well
   * @throws RequestError while another goes on
   */
  start<T extends Outcome>(
    job: Pick<JobState, 'kind' | 'export' | 'title'>,
    work: (work: Work) => Promise<T>,
  ): Promise<T>;
  stop(): JobState | null;
  /** Stops what is under way, and waits for it. */
  close(): Promise<void>;
}

/** @param report is given each job's beginning, progress and end */
export function openJobs(report: (event: StudioEvent) => void, onUnexpected: (error: unknown) => void): Jobs {
  let state: JobState | null = null;
  let stopping = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  const stop = () => {
    stopping.abort();
    return state;
  };
  return {
    current: () => state,
    start(job, work) {
      assertFree(state);
      stopping = new AbortController();
      const { signal } = stopping;
      const progress = createProgress({ ...job, share: 0, message: '', made: 0 }, report, (now) => {
        state = now;
      });
      const end: End = (outcome, message, { problems = [], notMade = [], rendering = null } = {}) => {
        state = null;
        report({ kind: 'job-done', job: progress.now(), outcome, message, problems, notMade, rendering });
      };
      const turn = work({ signal, report: progress.report }).then(
        (result) => {
          end(signal.aborted ? 'stopped' : 'done', result.message, result);
          return result;
        },
        (error) => {
          if (signal.aborted) end('stopped', 'It was stopped; nothing was changed.');
          else {
            if (isUnexpected(error)) onUnexpected(error);
            end('failed', errorAnswer(error).answer.error.message);
          }
          throw error;
        },
      );
      last = turn.catch(() => undefined);
      return turn;
    },
    stop,
    async close() {
      stop();
      await last;
    },
  };
}

type End = (
  outcome: 'done' | 'stopped' | 'failed',
  message: string,
  more?: Pick<Outcome, 'problems' | 'notMade' | 'rendering'>,
) => void;

/** @throws RequestError while a job is under way */
function assertFree(state: JobState | null): void {
  if (!state) return;
  const message = `The studio is at work already (${state.title}); stop that, or wait for it.`;
  throw new RequestError(409, 'at-work', message);
}

/**
 * How far a job is: reported at once when it begins, then now and then.
 * @param onChange is given every change
 */
function createProgress(
  first: JobState,
  report: (event: StudioEvent) => void,
  onChange: (now: JobState) => void,
): { now(): JobState; report: Work['report'] } {
  let now = first;
  let reported = performance.now();
  onChange(now);
  report({ kind: 'job', job: now });
  return {
    now: () => now,
    report(change) {
      now = { ...now, ...change };
      onChange(now);
      if (performance.now() - reported < REPORT_MS) return;
      reported = performance.now();
      report({ kind: 'job', job: now });
    },
  };
}

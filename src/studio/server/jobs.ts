/** What takes a while and writes: runs, renderings, kits. One at a time. */
import type { JobState, Rendering, StudioEvent } from '../protocol.ts';
import { errorAnswer, isUnforeseen, Refusal } from './request-error.ts';

/** How often progress is told, ms. */
const TELL_MS = 200;

/** What a job is told to do while it goes on. */
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
  readonly rendering?: Rendering;
}

export interface Jobs {
  current(): JobState | null;
  /**
   * Begins a job, and tells of it.
   * @returns what it comes to; it may be left alone, since what goes wrong is told as well
   * @throws Refusal while another goes on
   */
  start<T extends Outcome>(
    job: Pick<JobState, 'kind' | 'export' | 'title'>,
    work: (work: Work) => Promise<T>,
  ): Promise<T>;
  stop(): JobState | null;
  /** Stops what is under way, and waits for it. */
  close(): Promise<void>;
}

export function openJobs(tell: (event: StudioEvent) => void, onUnforeseen: (error: unknown) => void): Jobs {
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
      if (state) {
        const message = `The studio is at work already (${state.title}); stop that, or wait for it.`;
        throw new Refusal(409, 'busy', message);
      }
      let now: JobState = { ...job, share: 0, message: '', made: 0 };
      state = now;
      stopping = new AbortController();
      const { signal } = stopping;
      tell({ kind: 'job', job: now });
      let told = performance.now();
      const report: Work['report'] = (change) => {
        now = { ...now, ...change };
        state = now;
        if (performance.now() - told < TELL_MS) return;
        told = performance.now();
        tell({ kind: 'job', job: now });
      };
      const end = (
        outcome: 'done' | 'stopped' | 'failed',
        message: string,
        { problems = [], rendering = null }: { problems?: readonly string[]; rendering?: Rendering | null },
      ) => {
        state = null;
        tell({ kind: 'job-done', job: now, outcome, message, problems, rendering });
      };
      const turn = work({ signal, report }).then(
        (result) => {
          end(signal.aborted ? 'stopped' : 'done', result.message, result);
          return result;
        },
        (error) => {
          if (signal.aborted) end('stopped', 'It was stopped; nothing was changed.', {});
          else {
            if (isUnforeseen(error)) onUnforeseen(error);
            end('failed', errorAnswer(error).answer.error.message, {});
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

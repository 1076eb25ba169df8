/** Threads for many small jobs, begun where there are enough of them to be worth it, and kept for those that follow. */

import { inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import type { JobInput, JobName, JobResult } from './jobs.ts';
import { type JobPool, openJobPool } from './workers.ts';

export interface Helpers {
  /** @param count how many jobs there are, @returns how many are done at once: 1 in the caller's own thread */
  lanes(count: number): number;
  run<Name extends JobName>(job: Name, input: JobInput<Name>): Promise<JobResult<Name>>;
  close(): Promise<void>;
}

export interface HelperOptions {
  /** How many jobs at once; 0 and 1 work in the caller's own thread. By default one a core. */
  readonly jobs?: number | undefined;
  /** Ends the work at the next job. */
  readonly signal?: AbortSignal | undefined;
  /** Of somebody who goes on with them; else there are some for the time of the work. */
  readonly helpers?: Helpers | undefined;
}

/** Fewer are done sooner than a thread is begun: each takes some 10 ms, and a thread a fifth of a second. */
const WORTH_THREADS = 40;

function openHelpers(
  platform: Platform,
  { jobs = platform.machine().cores, signal = new AbortController().signal }: HelperOptions,
): Helpers {
  let threads: JobPool | null = null;
  const own = openJobPool(platform, 0, signal);
  return {
    lanes(count) {
      if (jobs > 1 && count >= WORTH_THREADS) threads ??= openJobPool(platform, jobs, signal);
      return threads === null ? 1 : jobs;
    },
    run: (job, input) => (threads ?? own).run(job, input, () => undefined),
    close: async () => threads?.close(),
  };
}

/** Does work with the helpers that are given, or with some of its own. */
export async function withHelpers<Result>(
  platform: Platform,
  options: HelperOptions,
  work: (helpers: Helpers) => Promise<Result>,
): Promise<Result> {
  if (options.helpers) return work(options.helpers);
  const helpers = openHelpers(platform, options);
  try {
    return await work(helpers);
  } finally {
    await helpers.close();
  }
}

/**
 * Works on items side by side, begun in their order; see {@link inLanes}.
 * @throws what the work throws first; the signal's reason once it is aborted
 */
export async function sideBySide<Item>(
  helpers: Helpers,
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  if (items.length === 0) return;
  await inLanes(items, helpers.lanes(items.length), signal, work);
  signal?.throwIfAborted();
}

/** What comes of items in their order, while those behind are under way. */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  begin: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const begun = begin(item);
    // Whoever waits for it hears of it; until then it is nobody's.
    begun.catch(() => undefined);
    underWay.push(begun);
    if (underWay.length > ahead) yield await underWay.shift()!;
  }
  for (const begun of underWay) yield await begun;
}

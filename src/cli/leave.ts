import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/** How long it stands idle: this share of the time that the main thread worked, and at most so many ms. */
const SHARE = 0.1;
const LONGEST_MS = 200;

/**
 * Lets the loop of events stand idle for a moment before the program ends. Node waits at its end for functions that are
 * being compiled, and they may wait for the main thread to collect memory, which it no longer does: both wait for ever
 * (nodejs/node#54918, seen here once in some hundred runs that had worked in the main thread until their last moment). While
 * the loop stands idle, compilers get what they ask for and finish.
 */
export async function letCompilersFinish(): Promise<void> {
  await setTimeout(Math.min(LONGEST_MS, SHARE * performance.eventLoopUtilization().active));
}

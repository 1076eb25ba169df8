/**
 * How V8 compiles this program and collects its memory. Its defaults are meant for pages and servers: many small objects
 * that live long, code that runs for hours. Here a heap of some 8 MB stands beside typed arrays by the gigabyte, the
 * loops that matter are WebAssembly already, and a run lasts seconds.
 *
 * Set before anything runs, so this is the first import of the program; the flags hold for workers too. A program
 * that uses the library decides for itself. Figures are of `all` on 28 sources with two workers, two cores, Node 20, each as
 * measured when its flag came; docs/PERFORMANCE.md has what all of them win on each Node.
 */
import { setFlagsFromString } from 'node:v8';

/** Known to every V8 of Node 20 to 26. */
const FLAGS = [
  // V8 takes every few tens of megabytes of typed arrays as a reason to mark the heap bit by bit while the program
  // runs, 250 times in a run. At a stretch it takes 10 ms, 56 times: 23.5 CPU seconds instead of 30.9.
  '--no-concurrent-marking',
  '--no-incremental-marking',
  // A fifth of the code pulled into a function that is optimised; with COMPILE_LATER.
  '--max-inlined-bytecode-size=100',
  // Types are noted from the first call on, so what is optimised need not be thrown away as often: 0.5 CPU seconds.
  '--no-lazy-feedback-allocation',
  // What lives long is looked through again once it has grown by so much, %; by itself V8 waits until it is four times as
  // much. Of 40,000 sources with nothing to do: 280 MB at most instead of 370 with 60, for no time that could be measured.
  // A worker counts the kernels' memory too, most of which nobody has touched: with 60 it let 8 MB of objects grow to 38.
  '--heap-growing-percent=30',
];

/**
 * Seven times as much work before a function is optimised: optimising took 5 of 24.6 CPU seconds, and takes 2.5 of 21.3.
 * Three hours of one song lose nothing. From Node 21 on V8 counts this in calls, not in bytecodes.
 */
const COMPILE_LATER = { node20: '--interrupt-budget=500000', later: '--invocation-count-for-turbofan=22000' };

const OLDEST_KNOWN = 20;
const NEWEST_KNOWN = 26;

/**
 * The flags for a Node. Where V8 does not know one it says so on stderr, which nothing can keep from it; so a Node that
 * nobody has tried gets none.
 * @param version such as `22.23.5`
 */
export function flagsFor(version: string): readonly string[] {
  const major = Number.parseInt(version, 10);
  if (!(major >= OLDEST_KNOWN && major <= NEWEST_KNOWN)) return [];
  return [...FLAGS, major === OLDEST_KNOWN ? COMPILE_LATER.node20 : COMPILE_LATER.later];
}

for (const flag of flagsFor(process.versions.node)) setFlagsFromString(flag);

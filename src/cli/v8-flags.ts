/**
 * How V8 compiles this program and collects its memory. Its defaults are meant for pages and servers: many small objects
 * that live long, code that runs for hours. Here a heap of some 8 MB stands beside typed arrays by the gigabyte, the
 * loops that matter are WebAssembly already, and a run lasts seconds.
 *
 * Set before anything runs, so this is the first import of the program; the flags hold for workers too. A program
 * that uses the library decides for itself. Figures are of `all` on 28 sources with two workers, two cores, each as
 * measured when its flag came. Now that less is left to V8, those after marking make 13.1 CPU seconds of 16.0.
 */
import { setFlagsFromString } from 'node:v8';

const FLAGS = [
  // V8 takes every few tens of megabytes of typed arrays as a reason to mark the heap bit by bit while the program
  // runs, 250 times in a run. At a stretch it takes 10 ms, 56 times: 23.5 CPU seconds instead of 30.9.
  '--no-concurrent-marking',
  '--no-incremental-marking',
  // Seven times as much work before a function is optimised, and a fifth of the code pulled into it: optimising took
  // 5 of 24.6 CPU seconds, and takes 2.5 of 21.3. Three hours of one song lose nothing.
  '--interrupt-budget=500000',
  '--max-inlined-bytecode-size=100',
  // Types are noted from the first call on, so what is optimised need not be thrown away as often: 0.5 CPU seconds.
  '--no-lazy-feedback-allocation',
  // Arrays of sound die young: looked for after 4 MB of small objects, not 16, they leave 60 MB less behind.
  '--max-semi-space-size=4',
];

for (const flag of FLAGS) setFlagsFromString(flag);

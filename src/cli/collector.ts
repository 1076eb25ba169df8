/**
 * How the memory of this program is collected. Sound lies in typed arrays beside a heap of some 8 MB, and V8 takes every
 * few tens of megabytes of them as a reason to mark the heap bit by bit while the program runs: 250 times in `all` on 28
 * sources. Marking so small a heap at a stretch takes about 10 ms, 56 times in that run, and the whole took 23.5 CPU
 * seconds instead of 30.9, 12.7 s instead of 16.5 with two workers.
 *
 * Set before anything is marked (V8 does not promise that a flag may change later), so this is the first import of the
 * program, and holds for workers too. A program that uses the library decides for itself.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-concurrent-marking');
setFlagsFromString('--no-incremental-marking');

/** Worker threads, each with one job at a time. */
import { Worker } from 'node:worker_threads';
import type { WorkerPool, Workers } from '../platform.ts';
import type { WorkerCall, WorkerMessage, WorkerStart } from './worker-messages.ts';

export const nodeWorkers: Workers = { open };

/** A job that waits for a thread, or has one. */
interface Turn extends WorkerCall {
  onEvent(event: unknown): void;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * Most that a thread's young objects take, MB, three times the semi-space between two collections. Arrays of sound die young,
 * and are looked for after so many MB of small objects: after 4, which is 790 times in a run, `all` with one worker takes 14.9
 * CPU seconds; after 16, 13.9; after 32, some 3 percent less again. V8 gives a thread all of that in time, whatever it works
 * on: 3,000 one-shots took 336 MB with two threads, and 225 MB where each may have 8; with 2 instead of 8, 10,000 take some
 * 25 MB less again, all in the same time.
 * A semi-space that a program sets by flag (`--max-semi-space-size`) holds instead.
 */
const YOUNG_MB = 3 * 32;
const SMALL_YOUNG_MB = 3 * 2;

function open(threads: number, isSmall: boolean): WorkerPool {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const waiting: Turn[] = [];
  const idle: Worker[] = [];
  const working = new Map<Worker, Turn>();

  const next = () => {
    while (waiting.length > 0 && idle.length > 0) {
      const [turn, worker] = [waiting.shift()!, idle.pop()!];
      working.set(worker, turn);
      worker.postMessage({ job: turn.job, input: turn.input } satisfies WorkerCall);
    }
  };
  const ended = (worker: Worker): Turn | undefined => {
    const turn = working.get(worker);
    working.delete(worker);
    return turn;
  };
  const begin = () => {
    // The compiled worker beside this file.
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { stop } satisfies WorkerStart,
      resourceLimits: { maxYoungGenerationSizeMb: isSmall ? SMALL_YOUNG_MB : YOUNG_MB },
    });
    worker.on('message', (message: WorkerMessage) => {
      if ('event' in message) return working.get(worker)?.onEvent(message.event);
      const turn = ended(worker);
      idle.push(worker);
      next();
      if ('done' in message) turn?.resolve(message.done);
      else turn?.reject(message.failed);
    });
    // A thread that breaks down, out of memory say, takes its job with it; another one goes on with the next.
    worker.on('error', (error) => ended(worker)?.reject(error));
    worker.on('exit', (code) => {
      begun.delete(worker);
      ended(worker)?.reject(new Error(`the thread ended with code ${code}`));
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      if (waiting.length > 0) fill();
    });
    begun.add(worker);
    idle.push(worker);
  };
  const begun = new Set<Worker>();
  // Threads end after the pool is closed, and leave no room then that is to be filled.
  let isClosed = false;
  const fill = () => {
    if (isClosed) for (const turn of waiting.splice(0)) turn.reject(new Error('the pool is closed'));
    while (!isClosed && begun.size < threads) begin();
    next();
  };
  fill();

  return {
    run: (job, input, onEvent) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, input, onEvent, resolve, reject });
        fill();
      }),
    stop() {
      Atomics.store(stop, 0, 1);
    },
    async close() {
      isClosed = true;
      fill();
      // Not waited for: giving back their memory takes them some 40 ms, in which the program goes on.
      for (const worker of begun) void worker.terminate();
    },
  };
}

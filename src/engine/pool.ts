/** Runs tasks side by side in worker threads, and brings their events to one place. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Emit, RunEvent } from './events.ts';
import { excavate } from './excavate.ts';
import type { Site } from './site.ts';
import type { Task } from './task.ts';
import type { WorkerCall } from './worker.ts';

/** Runs one task to its end; it never fails, it emits. */
export interface Pool {
  run(task: Task): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param threads how many tasks at once; 0 works in the caller's thread, one task after the other
 * @param signal asks running tasks to end at the next texture; tasks not yet begun are not begun
 */
export function openPool(
  threads: number,
  site: Site,
  emit: Emit,
  signal: AbortSignal,
  families: Families,
): Pool {
  // A worker knows no families but those of this program: definitions hold functions, which cannot be sent to it.
  const isOwn = threads === 0 || families !== FAMILIES;
  return isOwn ? ownThread(site, emit, signal, families) : workerThreads(threads, site, emit, signal);
}

function ownThread(site: Site, emit: Emit, signal: AbortSignal, families: Families): Pool {
  let last = Promise.resolve();
  return {
    run(task) {
      last = last.then(() =>
        signal.aborted ? undefined : excavate(task, site, emit, () => signal.aborted, families),
      );
      return last;
    },
    async close() {},
  };
}

function workerThreads(threads: number, site: Site, emit: Emit, signal: AbortSignal): Pool {
  const piscina = new Piscina({ filename: workerFile(), minThreads: threads, maxThreads: threads });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  signal.addEventListener('abort', () => Atomics.store(stop, 0, 1));
  if (signal.aborted) Atomics.store(stop, 0, 1);

  return {
    async run(task) {
      const { port1, port2 } = new MessageChannel();
      const finished = forward(port1, emit);
      const call: WorkerCall = { task, site, port: port2, stop };
      try {
        await piscina.run(call, { transferList: [port2] });
        // The events travel by another road than the result; wait until the last one is in.
        await finished;
      } catch (error) {
        const message = `The worker broke down: ${String(error)}; run again with --jobs 1, and report it.`;
        emit({ kind: 'source-failed', source: task.source, code: 'unexpected', message });
        emit({ kind: 'source-done', source: task.source });
      } finally {
        port1.close();
      }
    },
    close: () => piscina.close(),
  };
}

function forward(port: MessagePort, emit: Emit): Promise<void> {
  return new Promise((resolve) => {
    port.on('message', (event: RunEvent) => {
      emit(event);
      if (event.kind === 'source-done') resolve();
    });
  });
}

/** The compiled worker beside this file. */
function workerFile(): string {
  return new URL('./worker.js', import.meta.url).href;
}

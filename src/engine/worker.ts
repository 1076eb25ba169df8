/** A worker thread's side of the pool: one task a call, its events through the port that comes with it. */
import type { MessagePort } from 'node:worker_threads';
import type { RunEvent } from './events.ts';
import { excavate } from './excavate.ts';
import type { Site } from './site.ts';
import type { Task } from './task.ts';

export interface WorkerCall {
  readonly task: Task;
  readonly site: Site;
  readonly port: MessagePort;
  /** One shared number; not 0 once the run is to stop. */
  readonly stop: Int32Array;
}

export default async function work({ task, site, port, stop }: WorkerCall): Promise<void> {
  const emit = (event: RunEvent) => port.postMessage(event);
  await excavate(task, site, emit, () => Atomics.load(stop, 0) !== 0);
}

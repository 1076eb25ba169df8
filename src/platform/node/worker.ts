/** A worker thread's side of the pool: one job a call. */
import { parentPort, workerData } from 'node:worker_threads';
import { doJob } from '../../engine/jobs.ts';
import { nodePlatform } from './platform.ts';
import type { WorkerCall, WorkerMessage, WorkerStart } from './worker-messages.ts';

const { stop }: WorkerStart = workerData;
const send = (message: WorkerMessage) => parentPort!.postMessage(message);

parentPort!.on('message', async ({ job, input }: WorkerCall) => {
  try {
    const done = await doJob(nodePlatform, job, input, {
      emit: (event) => send({ event }),
      stopRequested: () => Atomics.load(stop, 0) !== 0,
    });
    send({ done });
  } catch (failed) {
    send({ failed });
  }
});

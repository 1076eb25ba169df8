/** A worker thread's side of the pool: one job a call, its events through the port that comes with it. */
import { doJob } from '../../engine/jobs.ts';
import { nodePlatform } from './platform.ts';
import type { WorkerCall, WorkerMessage } from './worker-call.ts';

export default async function work({ job, input, port, stop }: WorkerCall): Promise<unknown> {
  const send = (message: WorkerMessage) => port.postMessage(message);
  try {
    return await doJob(nodePlatform, job, input, {
      emit: (event) => send({ event }),
      stopRequested: () => Atomics.load(stop, 0) !== 0,
    });
  } finally {
    send('done');
  }
}

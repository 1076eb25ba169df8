/** Worker threads, by way of Piscina. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { WorkerPool, Workers } from '../platform.ts';
import type { WorkerCall, WorkerMessage } from './worker-call.ts';

export const nodeWorkers: Workers = { open };

function open(threads: number): WorkerPool {
  // The compiled worker beside this file.
  const filename = new URL('./worker.js', import.meta.url).href;
  const piscina = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  return {
    async run(job, input, onEvent) {
      const { port1, port2 } = new MessageChannel();
      const allReceived = receive(port1, onEvent);
      const call: WorkerCall = { job, input, port: port2, stop };
      try {
        const result = await piscina.run(call, { transferList: [port2] });
        // The events travel by another road than the result; wait until the last one is in.
        await allReceived;
        return result;
      } finally {
        port1.close();
      }
    },
    stop() {
      Atomics.store(stop, 0, 1);
    },
    close: () => piscina.close(),
  };
}

function receive(port: MessagePort, onEvent: (event: unknown) => void): Promise<void> {
  return new Promise((resolve) => {
    port.on('message', (message: WorkerMessage) => {
      if (message === 'done') resolve();
      else onEvent(message.event);
    });
  });
}

/** Listening and laying out, in a thread of its own, so that the server answers meanwhile. */
import { Worker } from 'node:worker_threads';
import { type Errand, type Errands, errandBoy } from './analysis-requests.ts';

export interface Ear {
  /** Errands come back in the order in which they were sent. */
  send<K extends keyof Errands>(kind: K, wish: Errands[K]['wish']): Promise<Errands[K]['result']>;
  /** What is under way is never answered. */
  close(): Promise<void>;
}

/** @param threads 0 works in the caller's own thread */
export function openEar(threads: 0 | 1): Ear {
  const { ask, close } = threads === 0 ? { ask: errandBoy(), close: async () => {} } : threadedEar();
  return {
    send: (kind, wish) => ask({ kind, ...wish } as Errand) as Promise<never>,
    close,
  };
}

function threadedEar() {
  let worker: Worker | null = null;
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  let broken: Error | null = null;
  /** Begun with the first errand: a page that opens has the machine to itself. */
  const begin = () => {
    const begun = new Worker(new URL('./analysis-thread.js', import.meta.url));
    begun.unref();
    begun.on('message', (answer) => waiting.shift()?.resolve(answer));
    begun.on('error', (error) => {
      broken = error;
      for (const one of waiting.splice(0)) one.reject(error);
    });
    return begun;
  };
  return {
    ask: (errand: Errand) =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        waiting.push({ resolve, reject });
        worker ??= begin();
        worker.postMessage(errand);
      }),
    async close() {
      await worker?.terminate();
    },
  };
}

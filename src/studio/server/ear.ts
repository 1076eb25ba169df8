/** Listening and laying out, in a thread of its own, so that the server answers meanwhile. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { carryOut, type Errand, type Listened } from './errand.ts';
import type { Pin } from './layout.ts';

export interface Ear {
  /** Null where a sound cannot be read. */
  embed(texture: Listened): Promise<Float32Array | null>;
  /** See {@link layOut}. */
  layOut(pins: readonly Pin[]): Promise<Float64Array>;
  close(): Promise<void>;
}

/** @param threads 0 works in the caller's own thread */
export function openEar(threads: 0 | 1): Ear {
  const ear = threads === 0 ? { ask: carryOut, close: async () => {} } : threadedEar();
  return {
    embed: (texture) => ear.ask({ kind: 'embed', ...texture }) as Promise<Float32Array | null>,
    layOut: (pins) => ear.ask({ kind: 'lay-out', pins }) as Promise<Float64Array>,
    close: ear.close,
  };
}

/** One errand after the other; what is under way when it closes is never answered. */
function threadedEar() {
  const worker = new Worker(fileURLToPath(new URL('./ear-thread.js', import.meta.url)));
  worker.unref();
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  worker.on('message', (answer) => waiting.shift()?.resolve(answer));
  let broken: Error | null = null;
  worker.on('error', (error) => {
    broken = error;
    for (const one of waiting.splice(0)) one.reject(error);
  });
  return {
    ask: (errand: Errand) =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        waiting.push({ resolve, reject });
        worker.postMessage(errand);
      }),
    async close() {
      await worker.terminate();
    },
  };
}

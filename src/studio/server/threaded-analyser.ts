import { Worker } from 'node:worker_threads';
import { type Analyser, analyserOf } from '../service/analyser.ts';

/** Works in a thread of its own, begun with the first request: a page that opens has the machine to itself. */
export function threadedAnalyser(): Analyser {
  let worker: Worker | null = null;
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  let broken: Error | null = null;
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
  return analyserOf(
    (request) =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        waiting.push({ resolve, reject });
        worker ??= begin();
        worker.postMessage(request);
      }),
    async () => {
      await worker?.terminate();
    },
  );
}

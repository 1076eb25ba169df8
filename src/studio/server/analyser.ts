/** Analysis and laying out, in a thread of its own, so that the server answers meanwhile. */
import { Worker } from 'node:worker_threads';
import { type AnalysisRequest, type AnalysisRequests, createAnalysisQueue } from './analysis-requests.ts';

export interface Analyser {
  /** Answers come in the order in which requests were sent. */
  send<K extends keyof AnalysisRequests>(
    kind: K,
    request: AnalysisRequests[K]['request'],
  ): Promise<AnalysisRequests[K]['result']>;
  /** What is under way is never answered. */
  close(): Promise<void>;
}

/** @param threads 0 works in the caller's own thread */
export function openAnalyser(threads: 0 | 1): Analyser {
  const { ask, close } =
    threads === 0 ? { ask: createAnalysisQueue(), close: async () => {} } : threadedAnalyser();
  return {
    send: (kind, request) => ask({ kind, ...request } as AnalysisRequest) as Promise<never>,
    close,
  };
}

function threadedAnalyser() {
  let worker: Worker | null = null;
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  let broken: Error | null = null;
  /** Begun with the first request: a page that opens has the machine to itself. */
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
    ask: (request: AnalysisRequest) =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        waiting.push({ resolve, reject });
        worker ??= begin();
        worker.postMessage(request);
      }),
    async close() {
      await worker?.terminate();
    },
  };
}

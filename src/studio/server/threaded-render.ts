import { Worker } from 'node:worker_threads';
import type { RenderedOne, RenderTask } from '../service/render-one.ts';
import type { RenderMessage } from './render-thread.ts';

/** Makes one texture again in a thread of its own. It writes nothing, so it may be ended at any moment. */
export function renderInThread(
  task: RenderTask,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<RenderedOne> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./render-thread.js', import.meta.url), { workerData: task });
    const end = () => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.on('message', (message: RenderMessage) => {
      if ('result' in message) resolve(message.result);
      else if (!signal.aborted) onProgress(message.share);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', end);
      reject(signal.reason ?? new Error('The thread that rendered ended early.'));
    });
  });
}

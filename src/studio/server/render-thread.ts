/** Renders one texture in a thread of its own, and reports how far it is; see `threaded-render.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { AfterglowError } from '../../errors.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { type RenderedOne, type RenderTask, renderOne } from '../service/render-one.ts';

export type RenderMessage = { readonly share: number } | { readonly result: RenderedOne };

const post = (message: RenderMessage) => parentPort!.postMessage(message);
const task = workerData as RenderTask;
const result = await renderOne(nodePlatform, task, (share) => post({ share })).catch((error) => {
  if (error instanceof AfterglowError) return { bytes: null, reason: error.message };
  throw error;
});
post({ result });

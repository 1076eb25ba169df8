/** The thread's side of `analyser.ts`. */
import { parentPort } from 'node:worker_threads';
import { type AnalysisRequest, createAnalysisQueue } from './analysis-requests.ts';

const answer = createAnalysisQueue();
parentPort!.on('message', async (request: AnalysisRequest) => parentPort!.postMessage(await answer(request)));

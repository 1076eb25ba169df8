/** The thread's side of `threaded-analyser.ts`. */
import { parentPort } from 'node:worker_threads';
import { nodePlatform } from '../../platform/node/platform.ts';
import { type AnalysisRequest, createAnalysisQueue } from '../service/analysis-requests.ts';

const answer = createAnalysisQueue(nodePlatform);
parentPort!.on('message', async (request: AnalysisRequest) => parentPort!.postMessage(await answer(request)));

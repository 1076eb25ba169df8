/** The thread's side of `analyser.ts`. */
import { parentPort } from 'node:worker_threads';
import { type Errand, errandBoy } from './analysis-requests.ts';

const carryOut = errandBoy();
parentPort!.on('message', async (errand: Errand) => parentPort!.postMessage(await carryOut(errand)));

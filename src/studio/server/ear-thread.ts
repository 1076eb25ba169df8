/** The thread's side of `ear.ts`. */
import { parentPort } from 'node:worker_threads';
import { type Errand, errandBoy } from './errand.ts';

const carryOut = errandBoy();
parentPort!.on('message', async (errand: Errand) => parentPort!.postMessage(await carryOut(errand)));

/** The thread's side of `ear.ts`: errands one after the other, as they come. */
import { parentPort } from 'node:worker_threads';
import { carryOut, type Errand } from './errand.ts';

let last: Promise<void> = Promise.resolve();
parentPort!.on('message', (errand: Errand) => {
  last = last.then(async () => parentPort!.postMessage(await carryOut(errand)));
});

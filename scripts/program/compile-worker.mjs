/** The program's worker, which keeps what V8 has compiled whenever it has done a job. */
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { loadProgram } from '../../dist/platform/node/program.js';

const { script, compiledPath, load } = await loadProgram('worker');
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message) => {
  if ('done' in message) writeFileSync(compiledPath, script.createCachedData());
  post(message);
};
await load();

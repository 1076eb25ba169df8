/** A worker that does the engine's jobs, one at a time, on the disk of another. */
import { doJob } from '../../engine/jobs.ts';
import type { FromJobWorker, ToJobWorker } from './job-messages.ts';
import { browserPlatform, LOCAL_PATHS } from './platform.ts';
import { openStore, type Store } from './session-store.ts';
import { remoteFiles } from './shared-files.ts';
import { storedScratch } from './stored-scratch.ts';

/** @param port to the worker that holds the disk @param id of this worker, from 2: the other is 1 */
export function serveJobs(port: MessagePort, id: number): void {
  const send = (message: FromJobWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  let store: Promise<Store> | null = null;
  const scratch = async () => {
    // Most songs are short enough for memory.
    store ??= openStore();
    return storedScratch(await store);
  };
  const local = { ...LOCAL_PATHS, scratch };
  const { files, held, take } = remoteFiles(local, (file, transfer) => send({ file }, transfer));
  const platform = browserPlatform({ files, id, workers: null, decode: held.decode });
  let isStopping = false;
  const work = async (job: string, input: unknown): Promise<void> => {
    try {
      const context = {
        emit: (event: unknown) => send({ event }),
        stopRequested: () => isStopping,
      };
      send({ done: await doJob(platform, job, input, context) });
    } catch (error) {
      send({ failed: (error as Error).message });
    }
  };
  port.addEventListener('message', ({ data }: MessageEvent<ToJobWorker>) => {
    if ('file' in data) take(data.file);
    else if ('stop' in data) isStopping = data.stop;
    else void work(data.job, data.input);
  });
  port.start();
}

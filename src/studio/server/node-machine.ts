/** What the studio asks of a machine, with Node's threads and its word of changed folders. */
import { watch } from 'node:fs';
import { nodePlatform } from '../../platform/node/platform.ts';
import { ownThreadAnalyser } from '../service/analyser.ts';
import { renderOne } from '../service/render-one.ts';
import type { StudioMachine } from '../service/studio-machine.ts';
import { threadedAnalyser } from './threaded-analyser.ts';
import { renderInThread } from './threaded-render.ts';

/** @param jobs 0 works in the caller's own thread; undefined in threads, as many as a run takes */
export function nodeMachine(jobs: 0 | undefined): StudioMachine {
  return {
    platform: nodePlatform,
    runJobs: jobs,
    say: (sentence) => sentence,
    openAnalyser: () => (jobs === 0 ? ownThreadAnalyser(nodePlatform) : threadedAnalyser()),
    render: jobs === 0 ? (task, onProgress) => renderOne(nodePlatform, task, onProgress) : renderInThread,
    watch: watchFolder,
  };
}

/** Says nothing where the folder is not there, or its system reports no changes. */
function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Digest, Platform } from '../platform.ts';
import { nodeFiles } from './files.ts';
import { nodeMachine } from './machine.ts';
import { nodeProcess } from './process.ts';
import { nodeShipped } from './shipped.ts';
import { nodeWorkers } from './workers.ts';

/** A machine with Node: its disk, its threads, and the ffmpeg on its PATH. */
export const nodePlatform: Platform = {
  files: nodeFiles,
  clock: {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    wait: (ms) => setTimeout(ms),
  },
  ownProcess: nodeProcess,
  workers: nodeWorkers,
  foreignDecoder: { open: async (path) => (await import('./ffmpeg.ts')).openWithFfmpeg(path) },
  shipped: nodeShipped,
  sha256,
  sha256Of: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  machine: nodeMachine,
};

function sha256(): Digest {
  const hash = createHash('sha256');
  return {
    update(bytes) {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}

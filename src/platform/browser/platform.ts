import { resolve } from '../../paths.ts';
import type { Files, Platform, Shipped, Workers } from '../platform.ts';
import { browserSha256Of, kernelSha256 } from './browser-sha256.ts';
import { type Decoded, foreignDecoder } from './foreign.ts';

/** Bytes that one worker may take: browsers end a tab long before a machine is full. */
const WORKER_BYTES = 2 ** 30;

/** Paths are those of the disk in memory, with slashes wherever the browser runs. */
export const LOCAL_PATHS: Pick<Files, 'slashed' | 'absolute'> = {
  slashed: (path) => path,
  absolute: (path, from = '/') => resolve(from, path),
};

export interface BrowserMachine {
  readonly files: Files;
  /** Of this worker among those on one disk. */
  readonly id: number;
  readonly workers: { readonly workers: Workers; readonly count: number } | null;
  readonly shipped?: Shipped;
  /** See {@link foreignDecoder}. */
  decode(path: string): Promise<Decoded | null>;
}

const NOTHING_SHIPPED: Shipped = {
  list: () => [],
  async read(path) {
    throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
  },
};

/** A machine that is a worker of a browser. */
export function browserPlatform(machine: BrowserMachine): Platform {
  const { files, id, workers, shipped = NOTHING_SHIPPED } = machine;
  let given = 0;
  return {
    files,
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      wait: (ms) =>
        new Promise((done) => {
          setTimeout(done, ms);
        }),
    },
    ownProcess: {
      id,
      isRunning: async () => true,
      uniqueName: () => `${id}-0-${given++}`,
      locks: new Set(),
    },
    workers: workers?.workers ?? null,
    foreignDecoder: foreignDecoder(machine.decode),
    shipped,
    sha256: kernelSha256,
    sha256Of: browserSha256Of,
    machine: () => ({ cores: workers?.count ?? 1, freeBytes: WORKER_BYTES * (workers?.count ?? 1) }),
  };
}

import type { Platform, Shipped } from '../platform.ts';
import { sha256, sha256Of } from '../sha256.ts';
import { coded, type MemoryDisk, memoryDisk, tick } from './disk.ts';
import type { FailsAt } from './faults.ts';
import { memoryFiles } from './files.ts';

export interface MemoryOptions {
  /** What it holds; by default nothing. */
  readonly disk?: MemoryDisk;
  readonly failsAt?: FailsAt;
  readonly shipped?: Shipped;
}

const NOTHING_SHIPPED: Shipped = {
  list: () => [],
  async read(path) {
    throw coded('ENOENT', path);
  },
};

/** A machine that is memory alone, with one thread and a clock that goes on with each change to the disk. */
export function memoryPlatform(options: MemoryOptions = {}): Platform {
  const { disk = memoryDisk(), failsAt = () => false, shipped = NOTHING_SHIPPED } = options;
  const id = ++disk.starts;
  let given = 0;
  return {
    files: memoryFiles(disk, failsAt),
    clock: {
      now: () => disk.nowMs,
      elapsed: () => performance.now(),
      async wait() {
        tick(disk);
      },
    },
    ownProcess: {
      id,
      isRunning: async () => false,
      uniqueName: () => `${id}-0-${given++}`,
      locks: new Set(),
    },
    workers: null,
    foreignDecoder: null,
    shipped,
    sha256,
    sha256Of: async (bytes) => sha256Of(bytes),
    machine: () => ({ cores: 1, freeBytes: 2 ** 32 }),
  };
}

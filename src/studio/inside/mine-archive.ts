/** Mining what somebody brought into the page, one heap after another. */
import type { Platform } from '../../platform/platform.ts';
import { mineFolder } from '../service/mining.ts';
import type { Services } from '../service/services.ts';
import { ARCHIVE } from './disk.ts';

/** How often it is looked whether what is under way is finished, ms. */
const WAIT_MS = 500;

/** What was brought together, and is answered together. */
interface BroughtHeap {
  /** Paths in the archive; null: all that lies there, in its folders. */
  readonly only: readonly string[] | null;
  /** What is to be said of what was brought with it, in sentences. */
  readonly problems: readonly string[];
}

export interface ArchiveMining {
  /** Mines a heap, or does so once those before it are finished. */
  mine(heap: BroughtHeap): void;
  /** How many sounds were to be mined, and stopped, and not brought again since. */
  stopped(): number;
  /** Goes on with these. */
  goOn(): void;
}

/** @param seed null: by chance */
export function openArchiveMining(
  platform: Platform,
  { jobs, library }: Services,
  seed: number | null,
): ArchiveMining {
  const waiting: BroughtHeap[] = [];
  const stopped = new Set<string>();
  async function mineNow({ only, problems }: BroughtHeap): Promise<void> {
    const [exportIndex] = library.exportIndexes();
    const heap = { exportIndex, title: 'your sounds', input: async () => ARCHIVE, seed, only, problems };
    for (const path of only ?? []) stopped.delete(path);
    const { isStopped = false } = await mineFolder({ platform, runJobs: undefined, jobs, library }, heap);
    if (isStopped) for (const path of only ?? []) stopped.add(path);
  }
  const mine = (heap: BroughtHeap): void => {
    waiting.push(heap);
    next();
  };
  const next = (): void => {
    if (jobs.current() !== null) {
      setTimeout(next, WAIT_MS);
      return;
    }
    const heap = waiting.shift();
    // Its end is reported to the page.
    if (heap) mineNow(heap).catch(() => undefined);
  };
  return {
    mine,
    stopped: () => stopped.size,
    goOn: () => mine({ only: [...stopped], problems: [] }),
  };
}

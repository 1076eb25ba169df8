/** Mining what somebody brought into the page, one heap after another. */
import type { Platform } from '../../platform/platform.ts';
import { mineFolder } from '../service/mining.ts';
import type { Services } from '../service/services.ts';
import { ARCHIVE } from './disk.ts';

/** How often it is looked whether what is under way is finished, ms. */
const WAIT_MS = 500;

export interface ArchiveMining {
  /**
   * Mines the archive, or does so once what is under way is finished.
   * @param added what is new in it: of the rest nobody hears again what is wrong with it
   * @param problems what is to be said of what was brought with it, in sentences
   */
  mine(added: readonly string[], problems?: readonly string[]): void;
}

/** @param seed null: by chance */
export function openArchiveMining(
  platform: Platform,
  { jobs, library }: Services,
  seed: number | null,
): ArchiveMining {
  /** What came while something else was being made. */
  let waiting: { readonly added: readonly string[]; readonly problems: readonly string[] }[] = [];
  const mine: ArchiveMining['mine'] = (added, problems = []) => {
    if (jobs.current() !== null) {
      waiting.push({ added, problems });
      setTimeout(next, WAIT_MS);
      return;
    }
    const [exportIndex] = library.exportIndexes();
    const heap = {
      exportIndex,
      title: 'your sounds',
      input: async () => ARCHIVE,
      seed,
      added: new Set(added),
      problems,
    };
    // Its end is reported to the page.
    mineFolder({ platform, runJobs: undefined, jobs, library }, heap).catch(() => undefined);
  };
  const next = (): void => {
    if (waiting.length === 0) return;
    const heaps = waiting;
    waiting = [];
    mine(
      heaps.flatMap(({ added }) => added),
      heaps.flatMap(({ problems }) => problems),
    );
  };
  return { mine };
}

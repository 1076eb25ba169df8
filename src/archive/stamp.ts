import { statSync } from 'node:fs';

/** What a file system says of a file that changes with its content. */
export interface Stamp {
  /** Size, time of last change to the content and to the entry, ns: equal as text, equal as a file. */
  readonly text: string;
  /** The later of the two times, ms since 1970. */
  readonly changedMs: number;
}

/**
 * A file's stamp; null where there is none or it cannot be looked at. The entry's own time (ctime) counts too: programs
 * that set the content's time back, as tag editors do, cannot set that one.
 *
 * Looked up at once, not awaited: some µs a file, so that ten thousand are looked at in a blink.
 */
export function stampOf(path: string): Stamp | null {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats?.isFile()) return null;
    const { size, mtimeNs, ctimeNs } = stats;
    const changedMs = Math.max(Number(mtimeNs / 1_000_000n), Number(ctimeNs / 1_000_000n));
    return { text: `${size} ${mtimeNs} ${ctimeNs}`, changedMs };
  } catch {
    return null;
  }
}

/** The coarsest clock of a common file system: FAT, as on sticks and cards, counts in steps of two seconds. */
const COARSEST_CLOCK_MS = 2000;

/**
 * Whether a stamp can stand for what was read at a time: a file that was changed just before could be changed
 * once more within the same tick of its file system's clock, and keep its stamp (git calls such an entry racy).
 *
 * @param readMs when reading began, ms since 1970
 */
export function isSettled({ changedMs }: Stamp, readMs: number): boolean {
  return Math.abs(readMs - changedMs) > COARSEST_CLOCK_MS;
}

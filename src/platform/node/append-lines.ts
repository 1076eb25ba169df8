import { closeSync, constants, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { flushed } from './flush.ts';

/**
 * Rejects a link in the very call that opens, so that none can be put there between a look and the opening, and a pipe,
 * rather than to wait for its reader. Windows has no such flags.
 */
const APPEND_TO_FILE =
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_RDWR |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

const LINE_BREAK = 0x0a;

/**
 * See `Files.appendLines`. Opening, looking, writing and closing are done at once: they take some 10 µs, and by way of the
 * thread pool 40. Only the disk is waited for, so that a file can be written meanwhile. One append of some kB is not torn
 * between writers by local file systems.
 *
 * @returns whether the file held nothing before, as a new one does
 */
export async function appendLines(path: string, text: string, flush: boolean): Promise<boolean> {
  const file = openSync(path, APPEND_TO_FILE);
  try {
    const size = sizeOf(file);
    writeFileSync(file, (endsTorn(file, size) ? '\n' : '') + text);
    if (flush) await flushed(file);
    return size === 0;
  } finally {
    closeSync(file);
  }
}

function sizeOf(file: number): number {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw Object.assign(new Error('a pipe or device'), { code: 'ENXIO' });
  return stats.size;
}

/** Whether the last line of a file lacks its break. */
function endsTorn(file: number, size: number): boolean {
  const last = new Uint8Array(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== LINE_BREAK;
}

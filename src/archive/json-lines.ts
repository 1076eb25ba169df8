import { closeSync, constants, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { FileSystemError, NotAllowedError } from '../errors.ts';
import { diskError } from './disk-errors.ts';

/**
 * Refuses a link in the very call that opens, so that none can be put there between a look and the opening, and a pipe,
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
 * Adds lines of JSON to a file, for any number of writers at once: they go out in one append of some kB, which local
 * file systems do not tear between writers. Each line ends in its break, as jsonlines.org has it. Behind a line that a power
 * cut or a full disk tore a break is put first, so that it hurts only itself.
 *
 * Where several write at once, a break may stand twice; {@link parseLines} passes that by.
 *
 * Done at once: opening, looking, writing and closing take some 10 µs, and by way of the thread pool 40.
 *
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function appendLines(path: string, entries: readonly object[]): Promise<void> {
  try {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
    const file = openSync(path, APPEND_TO_FILE);
    try {
      writeFileSync(file, (endsTorn(file, path) ? '\n' : '') + lines.join(''));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ELOOP') throw diskError(cause, 'write', path);
    throw new NotAllowedError(`“${path}” is a link, and it is not written through links; remove it.`, {
      cause,
      context: { path },
    });
  }
}

/** Whether the last line of a file lacks its break. @throws FileSystemError where it is none */
function endsTorn(file: number, path: string): boolean {
  const stats = fstatSync(file);
  if (!stats.isFile()) {
    throw new FileSystemError(`Cannot write “${path}”: it is a pipe or device and no file; move it away.`, {
      context: { path },
    });
  }
  const last = Buffer.alloc(1);
  return stats.size > 0 && readSync(file, last, 0, 1, stats.size - 1) === 1 && last[0] !== LINE_BREAK;
}

/** The entries of a text that {@link appendLines} wrote, in order; a line that is torn is left out. */
export function parseLines(text: string): unknown[] {
  const entries: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      entries.push(JSON.parse(line));
    } catch {
      // Torn by a power cut.
    }
  }
  return entries;
}

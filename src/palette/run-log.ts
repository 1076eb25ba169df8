/** `run.jsonl` in an export folder: what batches did there, a line of JSON for each thing, as it happens. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertInside } from '../archive/export-root.ts';
import { appendLines, parseLines } from '../archive/json-lines.ts';
import type { Site } from '../engine/site.ts';

const LOG_FILE = 'run.jsonl';

export interface RunLog {
  /** How something that an earlier batch made looked when it was made; undefined where none did. */
  stampOf(what: string): string | undefined;
  add(entry: object): void;
  /** Waits until all is written. @throws DiskFullError, NotAllowedError, FileSystemError where something was not */
  written(): Promise<void>;
}

/**
 * Opens the log, to add to it; nothing is written yet.
 * @throws NotAllowedError outside the root
 */
export async function openRunLog({ exportFolder, exportRoot }: Site): Promise<RunLog> {
  const path = join(exportFolder, LOG_FILE);
  if (exportRoot !== null) assertInside(path, exportRoot);
  const stamps = new Map<string, string>();
  // Where there is no log, or none that can be read, nothing is known to be a batch's.
  for (const entry of parseLines(await readFile(path, 'utf8').catch(() => ''))) {
    const { what, stamp } = (entry ?? {}) as { what?: unknown; stamp?: unknown };
    if (typeof what === 'string' && typeof stamp === 'string') stamps.set(what, stamp);
  }
  let last: Promise<void> = Promise.resolve();
  return {
    stampOf: (what) => stamps.get(what),
    add(entry) {
      last = last.then(() => appendLines(path, [entry]));
      // `written` tells.
      last.catch(() => undefined);
    },
    written: () => last,
  };
}

/** `run.jsonl` in an export folder: what batches did there, a line of JSON for each thing, as it happens; see docs/JSON.md. */

import { assertInside } from '../archive/export-root.ts';
import { appendLines } from '../archive/json-lines.ts';
import { spelledForOthers } from '../archive/json-names.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

const LOG_FILE = 'run.jsonl';

export interface RunLog {
  add(entry: object): void;
  /** Waits until all is written. @throws DiskFullError, NotAllowedError, FileSystemError where something was not */
  written(): Promise<void>;
}

/**
 * Opens the log, to add to it; nothing is written yet.
 * @throws NotAllowedError outside the root
 */
export async function openRunLog(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
): Promise<RunLog> {
  const path = join(exportFolder, LOG_FILE);
  if (exportRoot !== null) await assertInside(platform, path, exportRoot);
  let last: Promise<void> = Promise.resolve();
  return {
    add(entry) {
      // A batch that ended before it had its folder leaves none behind for the log's sake.
      const line = spelledForOthers(entry) as object;
      last = last.then(async () => {
        if (await platform.files.exists(exportFolder)) await appendLines(platform, path, [line]);
      });
      // `written` tells.
      last.catch(() => undefined);
    },
    written: () => last,
  };
}

import { closeSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchFile } from '../platform.ts';
import { openFileOf } from './descriptor.ts';
import { nodeProcess } from './process.ts';
import { withSlashes } from './slashes.ts';

/**
 * A file in the system's folder for such. It has no name on the disk from its first moment, so it goes with its handle,
 * however the process ends.
 */
export async function openScratch(): Promise<ScratchFile> {
  const path = join(tmpdir(), `afterglow-${nodeProcess.uniqueName()}.f32`);
  return { name: withSlashes(path), ...openFileOf(openNameless(path)) };
}

function openNameless(path: string): number {
  const file = openSync(path, 'wx+', 0o600);
  try {
    rmSync(path);
    return file;
  } catch (cause) {
    closeSync(file);
    // A system that removes no open file removes a closed one.
    try {
      rmSync(path, { force: true });
    } catch {
      // Whoever clears the system's folder finds it.
    }
    throw cause;
  }
}

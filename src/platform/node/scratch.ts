import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchFile } from '../platform.ts';
import { nodeProcess } from './process.ts';
import { readFully } from './read-fully.ts';
import { withSlashes } from './slashes.ts';

/**
 * A file in the system's folder for such. It has no name on the disk from its first moment, so it goes with its handle,
 * however the process ends.
 */
export async function openScratch(): Promise<ScratchFile> {
  const path = join(tmpdir(), `afterglow-${nodeProcess.uniqueName()}.f32`);
  const handle = await openNameless(path);
  return {
    name: withSlashes(path),
    read: (into, start) => readFully(handle, into, start),
    async write(bytes, start) {
      for (let written = 0; written < bytes.length; ) {
        const result = await handle.write(bytes, written, bytes.length - written, start + written);
        written += result.bytesWritten;
      }
    },
    close: () => handle.close(),
  };
}

async function openNameless(path: string): Promise<FileHandle> {
  const handle = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
    return handle;
  } catch (cause) {
    await handle.close();
    // A system that removes no open file removes a closed one.
    await rm(path, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/**
 * `.afterglow-batch.json` in an export folder: how the folders that batches made looked when they were made, so that the
 * next batch knows what somebody changed since.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { textIfThere } from '../archive/text-file.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Site } from '../engine/site.ts';

const STAMPS_FILE = '.afterglow-batch.json';
/** By folder, relative to the export folder: its stamp; see `folder-stamp.ts`. */
const shape = z.record(z.string(), z.string());

export interface BatchStamps {
  /** Undefined where no batch made such a folder. */
  of(folder: string): string | undefined;
  /** @throws NotAllowedError, DiskFullError, FileSystemError */
  keep(folder: string, stamp: string): Promise<void>;
}

/** @throws NotAllowedError, FileSystemError where the file is there and cannot be read */
export async function openBatchStamps({ exportFolder, exportRoot }: Site): Promise<BatchStamps> {
  const path = join(exportFolder, STAMPS_FILE);
  const stamps = stampsOf(await textIfThere(path));
  return {
    of: (folder) => stamps.get(folder),
    async keep(folder, stamp) {
      stamps.set(folder, stamp);
      const sorted = Object.fromEntries([...stamps].sort(([a], [b]) => (a < b ? -1 : 1)));
      await writeAtomic(path, new TextEncoder().encode(`${JSON.stringify(sorted, null, 2)}\n`), exportRoot);
    },
  };
}

/** Where the text is none of ours, nothing is known to be a batch's. */
function stampsOf(text: string | null): Map<string, string> {
  try {
    return new Map(Object.entries(shape.parse(JSON.parse(text ?? '{}'))));
  } catch {
    return new Map();
  }
}

/**
 * `.afterglow-batch.json` in an export folder: how the folders that batches made looked when they were made, so that the
 * next batch knows what somebody changed since.
 */

import * as z from 'zod';
import { textIfThere } from '../archive/text-file.ts';
import { writeAtomic } from '../archive/write.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

const STAMPS_FILE = '.afterglow-batch.json';
/**
 * By folder, relative to the export folder: its stamp; see `folder-stamp.ts`. Two while one folder takes the other's place:
 * wherever that is cut off, what lies there is a batch's.
 */
const shape = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export interface BatchStamps {
  /** Whether a folder looks as a batch left it. */
  isAsLeft(folder: string, stamp: string): boolean;
  /** Notes how a folder looks that is about to take its place; how the one there looks stays noted. */
  promise(folder: string, stamp: string): Promise<void>;
  /** Notes that the folder promised last is in its place. @throws NotAllowedError, DiskFullError, FileSystemError */
  settle(folder: string): Promise<void>;
}

/** @throws NotAllowedError, FileSystemError where the file is there and cannot be read */
export async function openBatchStamps(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
): Promise<BatchStamps> {
  const path = join(exportFolder, STAMPS_FILE);
  const stamps = stampsOf(await textIfThere(platform, path));
  const keep = async (folder: string, known: readonly string[]) => {
    stamps.set(folder, known);
    const entries = [...stamps].map(([each, all]) => [each, all.length === 1 ? all[0] : all] as const);
    const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    await writeAtomic(
      platform,
      path,
      new TextEncoder().encode(`${JSON.stringify(sorted, null, 2)}\n`),
      exportRoot,
    );
  };
  const of = (folder: string) => stamps.get(folder) ?? [];
  return {
    isAsLeft: (folder, stamp) => of(folder).includes(stamp),
    promise: (folder, stamp) => keep(folder, [...of(folder), stamp]),
    settle: (folder) => keep(folder, of(folder).slice(-1)),
  };
}

/** Where the text is none of ours, nothing is known to be a batch's. */
function stampsOf(text: string | null): Map<string, readonly string[]> {
  try {
    const entries = Object.entries(shape.parse(JSON.parse(text ?? '{}')));
    return new Map(entries.map(([folder, known]) => [folder, typeof known === 'string' ? [known] : known]));
  } catch {
    return new Map();
  }
}

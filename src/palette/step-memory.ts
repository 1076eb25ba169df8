/**
 * `.afterglow-steps.json` in an export folder: what the steps of a batch were made from, how what they wrote looked then, and
 * what is said of it, so that a step whose outcome would be the same is passed by. Without it all is made again.
 */

import { stampOf } from '../archive/stamp.ts';
import { stepsPath } from '../archive/steps-file.ts';
import { textIfThere } from '../archive/text-file.ts';
import { writeAtomic } from '../archive/write.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { filesBelow } from './files-below.ts';

/** Of the file's own form. */
const VERSION = 1;

/** What is remembered of a step. */
interface KnownStep {
  /** Digest of all that decided what it made. */
  readonly inputs: string;
  /** See {@link looksOf}. */
  readonly looks: string;
  /** What is said of it, as plain data. */
  readonly facts: unknown;
}

export interface StepMemory {
  /** What is remembered of a step that was made from these inputs; else null. @param what it makes, under the export folder */
  known(what: string, inputs: string): KnownStep | null;
  /** Takes note of how a step's outcome looks now. @throws NotAllowedError, DiskFullError, FileSystemError */
  keep(what: string, step: Omit<KnownStep, 'looks'>): Promise<void>;
}

/** @throws NotAllowedError, FileSystemError where the file is there and cannot be read */
export async function openStepMemory(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
): Promise<StepMemory> {
  const path = stepsPath(exportFolder);
  const steps = new Map(Object.entries(stepsIn(await textIfThere(platform, path))));
  return {
    known(what, inputs) {
      const step = steps.get(what);
      return step?.inputs === inputs ? step : null;
    },
    async keep(what, step) {
      const looks = await looksOf(platform, join(exportFolder, what));
      if (looks === null) return;
      steps.set(what, { ...step, looks });
      const sorted = Object.fromEntries([...steps].sort(([a], [b]) => (a < b ? -1 : 1)));
      const text = `${JSON.stringify({ version: VERSION, steps: sorted })}\n`;
      await writeAtomic(platform, path, new TextEncoder().encode(text), exportRoot);
    },
  };
}

/** Where the text is none of ours, nothing is known. */
function stepsIn(text: string | null): Record<string, KnownStep> {
  try {
    const found = JSON.parse(text ?? 'null') as {
      version?: number;
      steps?: Record<string, KnownStep>;
    } | null;
    return found?.version === VERSION ? (found.steps ?? {}) : {};
  } catch {
    return {};
  }
}

/**
 * Digest of the names, sizes and times of a file, or of all files below a folder: equal, they were not touched.
 * @returns null where there is neither
 */
export async function looksOf(platform: Platform, path: string): Promise<string | null> {
  const kind = await platform.files.kindOf(path);
  if (kind === null) return null;
  const files = kind === 'folder' ? await filesBelow(platform, path) : [''];
  const lines: string[] = [];
  for (const file of files) lines.push(`${file}\n${(await stampOf(platform, join(path, file)))?.text ?? ''}`);
  return sha256Of(lines.join('\n'));
}

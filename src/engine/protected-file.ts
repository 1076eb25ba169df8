/** Files of an export folder that a run does not replace; who knows which they are is `protection.ts`. */
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * What was decided on a texture, that its file was changed (or put there) by somebody, or that `curation.json` cannot be
 * read, so nobody knows.
 */
export type WhyProtected = 'kept' | 'starred' | 'noted' | 'named' | 'changed' | 'unknown';

/** A texture that was not put in place, since what stands there is protected. */
export interface ProtectedPlace {
  /** Under the export folder, with slashes. */
  readonly path: string;
  readonly why: WhyProtected;
  /** Where the new one was put instead; null where that was not asked for. */
  readonly beside: string | null;
}

/** What is known of the files that stand where a source's textures go: plain data, for the worker that makes them. */
export interface StandingFiles {
  /** Written by a run and not changed since, and undecided: free to be replaced. */
  readonly replaceable: readonly string[];
  readonly decided: Readonly<Record<string, WhyProtected>>;
}

/** Where no run has written anything. */
export const NOTHING_STANDS: StandingFiles = { replaceable: [], decided: {} };

/**
 * Why the file under a path is not to be replaced; null where it may be, or there is none. What nobody knows was put there
 * by somebody.
 */
export async function whyProtected(
  { files }: Platform,
  path: string,
  { replaceable, decided }: StandingFiles,
  exportFolder: string,
): Promise<WhyProtected | null> {
  if (replaceable.includes(path) || !(await files.exists(join(exportFolder, path)))) return null;
  return decided[path] ?? 'changed';
}

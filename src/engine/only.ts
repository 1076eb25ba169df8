import picomatch from 'picomatch';
import { ConfigError } from '../errors.ts';
import { SOURCE_FOLDERS } from '../families/family.ts';
import { resolve } from '../paths.ts';
import { isInside } from './export-clash.ts';
import { shownPath } from './shown-path.ts';
import type { PlanRequest } from './task.ts';

/** Whether a source is asked for, by its absolute path, the path as shown, and its name in file names. */
export type SourceFilter = (path: string, source: string, name: string) => boolean;

/** Whether a text matches one of some globs, as everywhere in the engine: cases are one, and a dot is a letter. */
export function globMatcher(globs: readonly string[]): (text: string) => boolean {
  return picomatch([...globs], { dot: true, nocase: true });
}

/** What `--only` lets through: what one of its globs matches, or everything. @throws ConfigError where a glob is empty */
export function matcher({ only, settings, projectFolder, from }: PlanRequest): SourceFilter {
  if (only === undefined) return () => true;
  const globs = typeof only === 'string' ? [only] : [...only];
  if (globs.some((glob) => glob.trim() === '')) {
    throw new ConfigError(
      "An empty glob matches no source; give only one such as 'night*', or leave it out.",
    );
  }
  const matches = globMatcher(globs);
  const folders = SOURCE_FOLDERS.map((key) => resolve(projectFolder, settings.paths[key]));
  if (from !== undefined) folders.push(from);
  return (path, source, name) =>
    matches(source) ||
    matches(name) ||
    folders.some((folder) => isInside(path, folder) && matches(shownPath(path, folder)));
}

/** A glob that matches one path or name. */
export function literalGlob(name: string): string {
  return name.replace(/[\\*?[\]{}()!+@|^$.]/g, '\\$&');
}

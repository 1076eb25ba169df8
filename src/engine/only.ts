import { resolve } from 'node:path';
import picomatch from 'picomatch';
import { isInside } from './export-clash.ts';
import { SOURCE_FOLDERS } from './phases.ts';
import { shownPath } from './shown-path.ts';
import type { PlanRequest } from './task.ts';

/** Whether a source is asked for, by its absolute path, the path as shown, and its name in file names. */
export type SourceFilter = (path: string, source: string, name: string) => boolean;

/** What `--only` lets through: what one of its globs matches, or everything. */
export function matcher({ only, settings, projectFolder, from }: PlanRequest): SourceFilter {
  if (only === undefined) return () => true;
  const matches = picomatch(typeof only === 'string' ? only : [...only], { dot: true, nocase: true });
  const folders = SOURCE_FOLDERS.map((key) => resolve(projectFolder, settings.paths[key]));
  if (from !== undefined) folders.push(from);
  return (path, source, name) =>
    matches(source) ||
    matches(name) ||
    folders.some((folder) => isInside(path, folder) && matches(shownPath(path, folder)));
}

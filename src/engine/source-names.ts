import { manifestPath } from '../archive/manifest.ts';
import { safeName } from '../config/safe-name.ts';
import { basename, stem } from '../paths.ts';
import { sha256Of } from '../platform/sha256.ts';

/**
 * Longest name in UTF-8 bytes. Common file systems allow 255 a file name; the rest is left for what the
 * naming patterns put around it and for the temporary suffix while writing.
 */
const LONGEST_NAME = 120;

/** It lies beside the sources' folders, so none of them may be called so. */
const MANIFEST_NAME = basename(manifestPath(''));

/**
 * The names under which sources stand in file and folder names: the stem, made safe on every system.
 * Where several sources share a stem (case apart, since Windows and macOS see no difference), the first
 * in path order has it and the others take four hex digits of their path's hash.
 * So does a source that is called as the manifest is.
 *
 * @param paths paths as shown to the user, distinct
 * @param named names that are given already, and stay as they are
 * @param reserved names that are no longer free, whoever had them
 * @returns name by path, those given already among them
 */
export function sourceNames(
  paths: readonly string[],
  named: ReadonlyMap<string, string> = new Map(),
  reserved: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const taken = new Set([MANIFEST_NAME, ...[...named.values(), ...reserved].map(fold)]);
  const names = new Map(named);
  for (const path of paths.filter((each) => !named.has(each)).sort()) {
    const short = safeStem(path);
    let name = short;
    for (let digits = 4; taken.has(fold(name)); digits++) {
      name = `${short}_${sha256Of(path).slice(0, digits)}`;
    }
    taken.add(fold(name));
    names.set(path, name);
  }
  return names;
}

/** The file's stem, safe as a file and folder name ({@link safeName}). */
export function safeStem(path: string): string {
  return safeName(stem(path), LONGEST_NAME, 'untitled');
}

function fold(name: string): string {
  return name.toLowerCase();
}

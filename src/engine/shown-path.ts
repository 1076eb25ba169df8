import { leadsOut, relative, rootOf } from '../paths.ts';

/**
 * A path as people are shown it, and as the manifest keeps it: relative where it lies inside the folder, else absolute.
 * Everything lies inside the root of the disk, so seen from there a path is absolute.
 * @param path absolute
 * @param folder absolute
 */
export function shownPath(path: string, folder: string): string {
  const inside = relative(folder, path);
  return rootOf(folder) === folder || leadsOut(inside) ? path : inside;
}

import { isAbsolute, relative, sep } from 'node:path';

/**
 * A path as people are shown it, and as the manifest keeps it: relative with slashes where it lies inside the
 * folder, else absolute.
 * @param path absolute
 * @param folder absolute
 */
export function shownPath(path: string, folder: string): string {
  const inside = relative(folder, path);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).split(sep).join('/');
}

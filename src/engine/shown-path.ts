import { isAbsolute, parse, relative, sep } from 'node:path';

/**
 * A path as people are shown it, and as the manifest keeps it: relative with slashes where it lies inside the
 * folder, else absolute. Everything lies inside the root of the disk, so seen from there a path is absolute.
 * @param path absolute
 * @param folder absolute
 */
export function shownPath(path: string, folder: string): string {
  const inside = relative(folder, path);
  const isRoot = parse(folder).root === folder;
  const outside =
    isRoot || inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? path : inside).split(sep).join('/');
}

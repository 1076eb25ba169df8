import { sep } from 'node:path';

/** A path of this system with slashes; elsewhere than on Windows it has them. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

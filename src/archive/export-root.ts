import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { NotAllowedError } from '../errors.ts';
import { diskError } from './disk-errors.ts';

/**
 * Makes sure that a path to be written lies inside a folder, all links resolved, whether or not either exists yet.
 * At once, since it is asked for each texture: the thread pool would take ten times as long.
 * @throws NotAllowedError where it does not, or leads through a link to nowhere
 */
export function assertInside(path: string, root: string): void {
  const target = resolveLinks(resolve(path));
  const inside = relative(resolveLinks(resolve(root)), target);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new NotAllowedError(
      `“${path}” lies outside the export folder “${root}”, and nothing is written there; check links and AFTERGLOW_EXPORT_ROOT.`,
      { context: { path, target, root } },
    );
  }
}

/** The real path of the part that exists, and the rest behind it. */
function resolveLinks(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(cause, 'write', path);
    const entry = entryAt(path);
    // Another worker has just made it.
    if (entry === 'other') return resolveLinks(path);
    if (entry === 'link') {
      throw new NotAllowedError(`Cannot write “${path}”: it is a link to nowhere; remove it.`, {
        cause,
        context: { path },
      });
    }
    const parent = dirname(path);
    return parent === path ? path : join(resolveLinks(parent), basename(path));
  }
}

/** What stands at a path itself, links not followed. */
function entryAt(path: string): 'link' | 'other' | 'nothing' {
  try {
    return lstatSync(path).isSymbolicLink() ? 'link' : 'other';
  } catch {
    return 'nothing';
  }
}

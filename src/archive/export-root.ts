import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { NotAllowedError } from '../errors.ts';
import { diskError } from './disk-errors.ts';

/**
 * Makes sure that a path to be written lies inside a folder, all links resolved, whether or not either exists yet.
 * @throws NotAllowedError where it does not, or leads through a link to nowhere
 */
export async function assertInside(path: string, root: string): Promise<void> {
  const target = await resolveLinks(resolve(path));
  const inside = relative(await resolveLinks(resolve(root)), target);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new NotAllowedError(
      `“${path}” lies outside the export folder “${root}”, and nothing is written there; check links and AFTERGLOW_EXPORT_ROOT.`,
      { context: { path, target, root } },
    );
  }
}

/** The real path of the part that exists, and the rest behind it. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(cause, 'write', path);
    const entry = await entryAt(path);
    // Another worker has just made it.
    if (entry === 'other') return resolveLinks(path);
    if (entry === 'link') {
      throw new NotAllowedError(`Cannot write “${path}”: it is a link to nowhere; remove it.`, {
        cause,
        context: { path },
      });
    }
    const parent = dirname(path);
    return parent === path ? path : join(await resolveLinks(parent), basename(path));
  }
}

/** What stands at a path itself, links not followed. */
async function entryAt(path: string): Promise<'link' | 'other' | 'nothing'> {
  return lstat(path).then(
    (stats) => (stats.isSymbolicLink() ? 'link' : 'other'),
    () => 'nothing',
  );
}

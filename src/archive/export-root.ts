import { NotAllowedError } from '../errors.ts';
import { basename, dirname, join, leadsOut, relative } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/**
 * Makes sure that a path to be written lies inside a folder, all links resolved, whether or not either exists yet.
 * @param path absolute, as is the root
 * @throws NotAllowedError where it does not, or leads through a link to nowhere
 */
export async function assertInside(platform: Platform, path: string, root: string): Promise<void> {
  const [target, top] = await Promise.all([resolveLinks(platform, path), resolveLinks(platform, root)]);
  const inside = relative(top, target);
  if (leadsOut(inside)) {
    throw new NotAllowedError(
      `“${path}” lies outside the export folder “${root}”, and nothing is written there; check links and AFTERGLOW_EXPORT_ROOT.`,
      { context: { path, target, root } },
    );
  }
}

/** Whether {@link assertInside} lets a path be written; without a root, all may be. @throws FileSystemError */
export async function mayWrite(platform: Platform, path: string, root: string | null): Promise<boolean> {
  if (root === null) return true;
  return assertInside(platform, path, root).then(
    () => true,
    (error) => {
      if (error instanceof NotAllowedError) return false;
      throw error;
    },
  );
}

/** The real path of the part that exists, and the rest behind it. */
async function resolveLinks(platform: Platform, path: string): Promise<string> {
  // Side by side, since most files that are written are new: in a page each question is a message to another worker.
  const kind = platform.files.kindOf(path);
  kind.catch(() => undefined);
  try {
    return await platform.files.realPath(path);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ENOENT') throw diskError(cause, 'write', path);
    const entry = await kind;
    if (entry === 'link') {
      throw new NotAllowedError(`Cannot write “${path}”: it is a link to nowhere; remove it.`, {
        cause,
        context: { path },
      });
    }
    // Another worker has just made it.
    if (entry !== null) return resolveLinks(platform, path);
    const parent = dirname(path);
    return parent === path ? path : join(await resolveLinks(platform, parent), basename(path));
  }
}

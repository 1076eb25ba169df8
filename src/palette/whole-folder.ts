/** A folder that is there as a whole or not at all. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { diskError } from '../archive/disk-errors.ts';
import { assertInside } from '../archive/export-root.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { Site } from '../engine/site.ts';
import { ConfigError } from '../errors.ts';

export interface WholeFolder {
  /** Absolute. */
  readonly folder: string;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  /** Replaces what stands there, as far as it is of our making. */
  readonly force: boolean;
  /** Whether an entry of the folder is something that may be made again. */
  readonly isOurs: (name: string) => boolean;
}

/**
 * Builds a folder beside its place, then puts it there; where building fails, nothing has changed. Nobody else may be
 * building the same folder.
 *
 * @param build is given the folder to write into
 * @throws ConfigError where something stands there already, and force was not given or it is not of our making
 * @throws NotAllowedError, DiskFullError, FileSystemError
 */
export async function writeWholeFolder<T>(
  wanted: WholeFolder,
  build: (folder: string) => Promise<T>,
): Promise<T> {
  const { folder, root } = wanted;
  const aside = (state: string) => join(dirname(folder), `.${basename(folder)}.${state}`);
  const [making, old] = [aside('making'), aside('old')];
  if (root !== null) assertInside(join(folder, 'any'), root);
  try {
    await makeFolder(dirname(folder));
    // A killed run may have got no further than taking the old one away.
    if ((await entriesOf(folder)) === null && (await entriesOf(old)) !== null) await rename(old, folder);
    await assertReplaceable(wanted);
    for (const left of [making, old]) await rm(left, { recursive: true, force: true });
    await mkdir(making);
    const result = await build(making);
    if ((await entriesOf(folder)) !== null) await rename(folder, old);
    await rename(making, folder);
    await rm(old, { recursive: true, force: true });
    return result;
  } catch (cause) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    throw diskError(cause, 'write', folder);
  }
}

/**
 * Does work on a folder; where that lies in an export folder, no run works there meanwhile.
 * @throws BusyError while one does; what {@link withExportFolder} and the work throw
 */
export async function besideRuns<T>(folder: string, site: Site, work: () => Promise<T>): Promise<T> {
  const path = relative(site.exportFolder, folder);
  const isInside = path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  return isInside ? withExportFolder(site, work) : work();
}

async function assertReplaceable({ folder, force, isOurs }: WholeFolder): Promise<void> {
  const entries = (await entriesOf(folder)) ?? [];
  if (entries.length === 0) return;
  const others = entries.filter((name) => !isOurs(name)).sort();
  if (others.length > 0) {
    throw new ConfigError(`“${folder}” holds other things (${others[0]}), which stay; choose another name.`, {
      context: { path: folder, others },
    });
  }
  if (!force) {
    throw new ConfigError(`“${folder}” is there already; replace it with --force, or choose another name.`, {
      context: { path: folder },
    });
  }
}

/** The names in a folder; null where there is none. */
async function entriesOf(folder: string): Promise<string[] | null> {
  return readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw diskError(cause, 'read', folder);
  });
}

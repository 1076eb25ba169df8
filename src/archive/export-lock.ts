/**
 * One run at a time in an export folder: two would take each other's journal away and write the
 * manifest over each other. A run holds a file with its process id; it goes with the run, and a
 * killed run's is taken over. Ids are those of one machine: over a network the file still keeps two
 * runs apart, except that a run elsewhere passes for dead where its id is not in use here.
 */
import { existsSync, rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BusyError } from '../errors.ts';
import { diskError } from './disk-errors.ts';
import { temporaryPath } from './temporary.ts';
import { textIfThere } from './text-file.ts';

/** How long a lock may stand without its process id, ms: it is written at once after it is made. */
const WRITING_MS = 200;

/** Locks that may be found dead or gone one after the other before there is something wrong with the folder. */
const MOST_ATTEMPTS = 5;

/** The locks of this process. */
const held = new Set<string>();

export function lockPath(exportFolder: string): string {
  return join(exportFolder, '.afterglow.lock');
}

/**
 * Takes the export folder for one run. The lock also goes when the process exits before it is given back.
 * @param exportFolder must exist
 * @returns gives the folder back; never throws
 * @throws BusyError while another run holds it; NotAllowedError, DiskFullError, FileSystemError
 */
export async function lockExport(exportFolder: string): Promise<() => void> {
  const path = lockPath(exportFolder);
  if (held.has(path)) throw busy(exportFolder, path, process.pid);
  held.add(path);
  try {
    await take(exportFolder, path);
  } catch (error) {
    held.delete(path);
    throw error;
  }
  const remove = () => {
    try {
      rmSync(path, { force: true });
    } catch {
      // The next run finds that its process is gone.
    }
  };
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
    held.delete(path);
  };
}

/** The process that is at work in an export folder, on this machine; null where there is none. @throws FileSystemError */
export async function workerIn(exportFolder: string): Promise<number | null> {
  const path = lockPath(exportFolder);
  if (held.has(path)) return process.pid;
  if (!existsSync(path)) return null;
  const holder = await holderOf(path);
  return isRunning(holder) ? holder : null;
}

async function take(exportFolder: string, path: string): Promise<void> {
  for (let attempt = 1; !(await create(path)); attempt++) {
    const holder = await holderOf(path);
    if (attempt === MOST_ATTEMPTS || isRunning(holder)) throw busy(exportFolder, path, holder);
    await removeDead(path, holder);
  }
}

/** False where there is one already, be it a link. */
async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // The disk may have filled up between making the file and writing to it.
    await rm(path, { force: true }).catch(() => undefined);
    throw diskError(cause, 'write', path);
  }
}

/** The process id in a lock; null where there is none, as after a power cut, or where the lock is gone by now. */
async function holderOf(path: string): Promise<number | null> {
  for (let look = 1; look <= 2; look++) {
    const text = (await textIfThere(path)) ?? '';
    if (/^[1-9]\d*\n$/.test(text)) return Number(text);
    if (look === 1) await wait(WRITING_MS);
  }
  return null;
}

function isRunning(holder: number | null): boolean {
  // This process's own id, and not in `held`, is that of an earlier one: in containers they come again.
  if (holder === null || holder === process.pid) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (cause) {
    // Another user's process cannot be signalled, but it is there.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moved aside before it is removed: should another run have taken it over in the meantime, it gets it back. */
async function removeDead(path: string, holder: number | null): Promise<void> {
  const aside = temporaryPath(dirname(path));
  try {
    await rename(path, aside);
    if ((await holderOf(aside)) === holder) await rm(aside, { force: true });
    else await rename(aside, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(cause, 'write', path);
  }
}

function busy(exportFolder: string, path: string, holder: number | null): BusyError {
  const who = holder === null ? 'Another run' : `Another run (process ${holder})`;
  return new BusyError(
    `${who} is working in “${exportFolder}”; wait until it is done, or remove “${path}” if there is none.`,
    { context: { exportFolder, path, holder } },
  );
}

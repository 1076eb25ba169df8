/**
 * One run at a time in an export folder: two would take each other's journal away and write the
 * manifest over each other. A run holds a file with its process id; it goes with the run, and a
 * killed run's is taken over. Ids are those of one machine: over a network the file still keeps two
 * runs apart, except that a run elsewhere passes for dead where its id is not in use here.
 */
import { BusyError } from '../errors.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';
import { temporaryPath } from './temporary.ts';
import { textIfThere } from './text-file.ts';

/** How long a lock may stand without its process id, ms: it is written at once after it is made. */
const WRITING_MS = 200;

/** Locks that may be found dead or gone one after the other before there is something wrong with the folder. */
const MOST_ATTEMPTS = 5;

export function lockPath(exportFolder: string): string {
  return join(exportFolder, '.afterglow.lock');
}

/**
 * Takes the export folder for one run. The lock also goes when the process exits before it is given back.
 * @param exportFolder must exist
 * @returns gives the folder back; never throws
 * @throws BusyError while another run holds it; NotAllowedError, DiskFullError, FileSystemError
 */
export async function lockExport(platform: Platform, exportFolder: string): Promise<() => Promise<void>> {
  const { files, ownProcess } = platform;
  const path = lockPath(exportFolder);
  if (ownProcess.locks.has(path)) throw busy(exportFolder, path, ownProcess.id);
  ownProcess.locks.add(path);
  try {
    await take(platform, exportFolder, path);
  } catch (error) {
    ownProcess.locks.delete(path);
    throw error;
  }
  const keepAtExit = files.removeAtExit(path);
  return async () => {
    keepAtExit();
    // Where that fails, the next run finds that its process is gone.
    await files.remove(path).catch(() => undefined);
    ownProcess.locks.delete(path);
  };
}

/** The process that is at work in an export folder, on this machine; null where there is none. @throws FileSystemError */
export async function workerIn(platform: Platform, exportFolder: string): Promise<number | null> {
  const { files, ownProcess } = platform;
  const path = lockPath(exportFolder);
  if (ownProcess.locks.has(path)) return ownProcess.id;
  if (!(await files.exists(path))) return null;
  const holder = await holderOf(platform, path);
  return (await isRunning(platform, holder)) ? holder : null;
}

async function take(platform: Platform, exportFolder: string, path: string): Promise<void> {
  for (let attempt = 1; !(await create(platform, path)); attempt++) {
    const holder = await holderOf(platform, path);
    if (attempt === MOST_ATTEMPTS || (await isRunning(platform, holder))) {
      throw busy(exportFolder, path, holder);
    }
    await removeDead(platform, path, holder);
  }
}

/** False where there is one already, be it a link. */
async function create({ files, ownProcess }: Platform, path: string): Promise<boolean> {
  let isMade = false;
  // Asked for once the file is made: the disk may fill up between that and writing to it.
  const id = function* () {
    isMade = true;
    yield new TextEncoder().encode(`${ownProcess.id}\n`);
  };
  try {
    await files.writeTemporary(path, id());
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code === 'EEXIST') return false;
    // Where it could not even be opened, what stands there is another run's.
    if (isMade) await files.remove(path).catch(() => undefined);
    throw diskError(cause, 'write', path);
  }
}

/** The process id in a lock; null where there is none, as after a power cut, or where the lock is gone by now. */
async function holderOf(platform: Platform, path: string): Promise<number | null> {
  for (let look = 1; look <= 2; look++) {
    const text = (await textIfThere(platform, path)) ?? '';
    if (/^[1-9]\d*\n$/.test(text)) return Number(text);
    if (look === 1) await platform.clock.wait(WRITING_MS);
  }
  return null;
}

async function isRunning({ ownProcess }: Platform, holder: number | null): Promise<boolean> {
  // This process's own id, and not among its locks, is that of an earlier one: in containers they come again.
  if (holder === null || holder === ownProcess.id) return false;
  return ownProcess.isRunning(holder);
}

/** Moved aside before it is removed: should another run have taken it over in the meantime, it gets it back. */
async function removeDead(platform: Platform, path: string, holder: number | null): Promise<void> {
  const { files } = platform;
  const aside = temporaryPath(platform, dirname(path));
  try {
    await files.rename(path, aside);
    if ((await holderOf(platform, aside)) === holder) await files.remove(aside);
    else await files.rename(aside, path);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ENOENT') throw diskError(cause, 'write', path);
  }
}

function busy(exportFolder: string, path: string, holder: number | null): BusyError {
  const who = holder === null ? 'Another run' : `Another run (process ${holder})`;
  return new BusyError(
    `${who} is working in “${exportFolder}”; wait until it is done, or remove “${path}” if there is none.`,
    { context: { exportFolder, path, holder } },
  );
}

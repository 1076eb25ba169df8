/** Waiting for the disk: the one thing that goes through Node's thread pool whoever asks, since it takes a disk's time. */
import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Waits until the disk has what was written to an open file. */
export const flushed: (descriptor: number) => Promise<void> = promisify(fsync);

/** Waits until the disk has a file. Windows flushes only what is open for writing, which elsewhere a file may be barred from. */
export async function flushFile(path: string): Promise<void> {
  await flushOpened(path, process.platform === 'win32' ? 'r+' : 'r');
}

/** What a folder answers that cannot be flushed: closed to reading, or on a file system that knows no such thing. */
const CANNOT = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF'];

/**
 * Waits until the disk has the names in a folder, as after a rename: a file's own flush does not promise its name. Windows
 * opens no folders; its file systems keep names in order by themselves.
 */
export async function flushNames(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await flushOpened(folder, 'r');
  } catch (error) {
    if (!CANNOT.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function flushOpened(path: string, mode: 'r' | 'r+'): Promise<void> {
  const descriptor = openSync(path, mode);
  try {
    await flushed(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

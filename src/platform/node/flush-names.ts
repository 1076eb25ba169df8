import { open } from 'node:fs/promises';

/** What a folder answers that cannot be flushed: closed to reading, or on a file system that knows no such thing. */
const CANNOT = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF'];

/**
 * Waits until the disk has the names in a folder, as after a rename: a file's own flush does not promise its name. Windows
 * opens no folders; its file systems keep names in order by themselves.
 */
export async function flushNames(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

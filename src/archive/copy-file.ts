import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { diskError } from './disk-errors.ts';

/**
 * Copies a file to where there is none; the bytes are shared with the original where the file system can.
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function copyFresh(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).catch((cause) => {
    throw diskError(cause, 'copy', from);
  });
}

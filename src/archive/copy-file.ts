import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/**
 * Copies a file to where there is none; the bytes are shared with the original where the file system can.
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function copyFresh({ files }: Platform, from: string, to: string): Promise<void> {
  await files.copy(from, to).catch((cause) => {
    throw diskError(cause, 'copy', from);
  });
}

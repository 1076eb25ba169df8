import { AfterglowError, DiskFullError, FileSystemError, NotAllowedError } from '../errors.ts';

/**
 * What a platform's files threw, as one of our errors: ENOSPC and EDQUOT → DiskFullError;
 * EACCES, EPERM, EROFS → NotAllowedError; others → FileSystemError. Our own errors pass unchanged.
 *
 * @param action what was tried, as it stands in "Cannot …": `read`, `write`
 */
export function diskError(cause: unknown, action: string, path: string): AfterglowError {
  if (cause instanceof AfterglowError) return cause;
  const code = (cause as { code?: string } | undefined)?.code;
  const details = { cause, context: { path, code } };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DiskFullError(
        `Cannot ${action} “${path}”: the disk is full; make room and run again.`,
        details,
      );
    case 'EACCES':
    case 'EPERM':
      return new NotAllowedError(
        `Cannot ${action} “${path}”: permission denied; change its permissions.`,
        details,
      );
    case 'EROFS':
      return new NotAllowedError(
        `Cannot ${action} “${path}”: the disk is read-only; choose another folder.`,
        details,
      );
    case 'ENOENT':
      return new FileSystemError(`Cannot ${action} “${path}”: it does not exist; check the path.`, details);
    case 'EISDIR':
      return new FileSystemError(`Cannot ${action} “${path}”: it is a folder; name a file.`, details);
    case 'ENOTDIR':
      return new FileSystemError(
        `Cannot ${action} “${path}”: a file is in the place of a folder; check the path.`,
        details,
      );
    case 'ENXIO':
      return new FileSystemError(
        `Cannot ${action} “${path}”: it is a pipe or device and no file; move it away.`,
        details,
      );
    case 'ELOOP':
      return new FileSystemError(
        `Cannot ${action} “${path}”: its links run in a circle; remove them.`,
        details,
      );
    case 'EMFILE':
    case 'ENFILE':
      return new FileSystemError(
        `Cannot ${action} “${path}”: too many files are open; use fewer --jobs.`,
        details,
      );
    case 'ENAMETOOLONG':
      return new FileSystemError(`Cannot ${action} “${path}”: its name is too long; shorten it.`, details);
    default:
      return new FileSystemError(`Cannot ${action} “${path}”: ${reason(cause)}; check the disk.`, details);
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
}

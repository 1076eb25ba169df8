/** How a file begins, for what is known by a table that programs may have saved since. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** Bytes of a file that tell. */
const HEAD_LENGTH = 512;
/** Programs that save a table may have put other separators and quotes, see `manifest-csv.ts`. */
const GAP = '"?[,;\\t]"?';

/** What a table begins with that has these columns first. */
export function tableOf(...columns: readonly string[]): RegExp {
  return new RegExp(`^"?${columns.join(GAP)}\\b`);
}

/** Whether a file is there and begins so. */
export function begins(path: string, beginning: RegExp): boolean {
  return existsSync(path) && beginning.test(headOf(path));
}

/** As UTF-8, and without the zeros that make UTF-16 of it; '' where it cannot be read. */
export function headOf(path: string): string {
  try {
    const handle = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_LENGTH);
      const length = readSync(handle, bytes);
      return bytes
        .subarray(0, length)
        .toString('utf8')
        .replace(/\0|^\uFEFF|^\uFFFD+/g, '');
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}

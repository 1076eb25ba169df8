/** How a file begins, for what is known by a table that programs may have saved since. */
import type { Platform } from '../platform/platform.ts';

/** Bytes of a file that tell. */
const HEAD_LENGTH = 512;
/** Programs that save a table may have put other separators and quotes, see `manifest-csv.ts`. */
const GAP = '"?[,;\\t]"?';

/** What a table begins with that has these columns first. */
export function tableOf(...columns: readonly string[]): RegExp {
  return new RegExp(`^"?${columns.join(GAP)}\\b`);
}

/** Whether a file is there and begins so. */
export async function begins(platform: Platform, path: string, beginning: RegExp): Promise<boolean> {
  return (await platform.files.exists(path)) && beginning.test(await headOf(platform, path));
}

/** As UTF-8, and without the zeros that make UTF-16 of it; '' where it cannot be read. */
export async function headOf({ files }: Platform, path: string): Promise<string> {
  const bytes = await files.readPieces(path, [0], HEAD_LENGTH).catch(() => new Uint8Array());
  return new TextDecoder().decode(bytes).replace(/\0|^\uFFFD+/g, '');
}

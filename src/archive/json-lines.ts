import { NotAllowedError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { openByteFile } from './byte-file.ts';
import { diskError } from './disk-errors.ts';

/** Bytes of a file that are read at a time, or characters that are written. */
const PIECE_LENGTH = 1 << 18;

/**
 * Adds lines of JSON to a file, for any number of writers at once. Each line ends in its break, as jsonlines.org has it.
 * Behind a line that a power cut or a full disk tore a break is put first, so that it hurts only itself.
 *
 * Where several write at once, a break may stand twice; {@link parseLines} passes that by.
 *
 * @param options.flush waits until the disk has them; left out, a power cut may cost the last of them
 * @throws DiskFullError, NotAllowedError, FileSystemError
 */
export async function appendLines(
  { files }: Platform,
  path: string,
  entries: readonly object[],
  { flush = false } = {},
): Promise<void> {
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
  await files.appendLines(path, lines.join(''), flush).catch((cause: { code?: string }) => {
    if (cause.code !== 'ELOOP') throw diskError(cause, 'write', path);
    throw new NotAllowedError(`“${path}” is a link, and it is not written through links; remove it.`, {
      cause,
      context: { path },
    });
  });
}

/** The lines that {@link appendLines} would write, as bytes, some at a time, so that those of a large file are never all held. */
export function* linesInPieces(entries: Iterable<object>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines = '';
  for (const entry of entries) {
    lines += `${JSON.stringify(entry)}\n`;
    if (lines.length < PIECE_LENGTH) continue;
    yield encoder.encode(lines);
    lines = '';
  }
  yield encoder.encode(lines);
}

/** The entries of a text that {@link appendLines} wrote, in order; a line that is torn is left out. */
export function parseLines(text: string): unknown[] {
  const entries: unknown[] = [];
  for (const line of text.split('\n')) parseLine(line, (entry) => entries.push(entry));
  return entries;
}

/**
 * Goes through the entries of a file as {@link parseLines} does, without ever holding all of its text.
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function eachLine(
  platform: Platform,
  path: string,
  take: (entry: unknown) => void,
): Promise<void> {
  const file = await openByteFile(platform, path);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let start = 0; start < file.size; start += PIECE_LENGTH) {
      const lines = (rest + decoder.decode(await file.read(start, PIECE_LENGTH), { stream: true })).split(
        '\n',
      );
      rest = lines.pop()!;
      for (const line of lines) parseLine(line, take);
    }
  } finally {
    await file.close();
  }
  parseLine(rest, take);
}

function parseLine(line: string, take: (entry: unknown) => void): void {
  if (line === '') return;
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    // Torn by a power cut.
    return;
  }
  take(entry);
}

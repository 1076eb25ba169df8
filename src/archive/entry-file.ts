/**
 * A file of what can be made again: lines of text, each with a word for what it is, a key, a checksum of the rest, and the rest.
 * Writers add lines, several at once; whoever reads goes through the file once, by pieces, and passes by what is torn or
 * damaged. It may be larger than one string or array can be.
 */
import { crc32 } from '../formats/crc-32.ts';
import type { OpenFile } from '../platform/platform.ts';

/** One line. */
export interface FileEntry {
  /** One word. */
  readonly kind: string;
  /** Without spaces. */
  readonly key: string;
  /** Without line breaks. */
  readonly contents: string;
}

/** Where the contents of a line lie in the file. */
export interface EntryPlace {
  readonly start: number;
  readonly length: number;
}

/** A line as it is met. @param contents UTF-8, not the reader's to keep */
export type TakeEntry = (kind: string, key: string, contents: Uint8Array, place: EntryPlace) => void;

/** Read at a time; longer where a line is. */
const PIECE_BYTES = 1 << 20;
const BREAK = 10;
const SPACE = 32;
/** Hex digits of a checksum. */
const CHECK_DIGITS = 8;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lines as they stand in the file. */
export function entryLines(entries: readonly FileEntry[]): string {
  return entries.map((entry) => `${lineOf(entry)}\n`).join('');
}

function lineOf({ kind, key, contents }: FileEntry): string {
  const check = crc32(encoder.encode(contents));
  return `${kind} ${key} ${check.toString(16).padStart(CHECK_DIGITS, '0')} ${contents}`;
}

/**
 * Goes through a file from its first line on.
 * @param head its first line: a file that begins otherwise is of another version, and holds nothing
 * @returns bytes of the file; 0 where it holds nothing
 */
export async function readEntries(file: OpenFile, head: string, take: TakeEntry): Promise<number> {
  let buffer = new Uint8Array(PIECE_BYTES);
  let [offset, filled, isFirst] = [0, 0, true];
  for (;;) {
    const count = await file.read(buffer.subarray(filled), offset + filled);
    filled += count;
    let start = 0;
    for (;;) {
      const end = buffer.subarray(0, filled).indexOf(BREAK, start);
      if (end < 0) break;
      const line = buffer.subarray(start, end);
      if (isFirst && decoder.decode(line) !== head) return 0;
      if (!isFirst) takeLine(line, offset + start, take);
      isFirst = false;
      start = end + 1;
    }
    if (count === 0) return isFirst ? 0 : offset + filled;
    buffer.copyWithin(0, start, filled);
    offset += start;
    filled -= start;
    if (filled < buffer.length) continue;
    const larger = new Uint8Array(2 * buffer.length);
    larger.set(buffer);
    buffer = larger;
  }
}

/** Passes by what is no line of ours, or damaged. */
function takeLine(line: Uint8Array, offset: number, take: TakeEntry): void {
  const afterKind = line.indexOf(SPACE);
  const afterKey = line.indexOf(SPACE, afterKind + 1);
  const begin = afterKey + CHECK_DIGITS + 2;
  if (afterKind < 0 || afterKey < 0 || line.length < begin) return;
  const [kind, key, check] = decoder.decode(line.subarray(0, begin - 1)).split(' ');
  const contents = line.subarray(begin);
  if (crc32(contents) !== Number.parseInt(check, 16)) return;
  take(kind, key, contents, { start: offset + begin, length: contents.length });
}

/** The contents of a line. */
export async function contentsAt(file: OpenFile, { start, length }: EntryPlace): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, await file.read(bytes, start));
}

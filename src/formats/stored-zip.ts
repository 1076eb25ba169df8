/**
 * A ZIP whose entries are stored as they are, piece by piece, so that nobody holds the whole. Sizes and checksums stand
 * before each entry's bytes: packages that write by pieces put them behind, and Java's stream reader rejects that for
 * stored entries. PKWARE APPNOTE 6.3.10, without ZIP64; dates are the format's first day.
 */

import { LimitError } from '../errors.ts';
import { joined } from './bytes.ts';
import { crc32 } from './crc-32.ts';

/** A file as it is to lie in a ZIP. */
export interface ZipFile {
  /** Its path in there, with slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An entry whose header has been written. */
interface StoredEntry {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Where its header begins. */
  readonly offset: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
/** Version 1.0 of the format is enough to take it out. */
const VERSION = 10;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980. */
const DATE = 0x0021;
const MOST_BYTES = 0xffffffff;
const MOST_ENTRIES = 0xffff;

/**
 * A ZIP, with the files in the order in which they come; one is in memory at a time.
 * @throws LimitError over 4 GiB or 65,535 files
 */
export async function* zipOf(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: StoredEntry[] = [];
  let offset = 0;
  for await (const { name, bytes } of files) {
    const { entry, header } = zipHeader(name, bytes, offset);
    entries.push(entry);
    offset += header.length + bytes.length;
    yield header;
    yield bytes;
  }
  yield zipEnd(entries, offset);
}

/** What stands before an entry's bytes, and the entry for {@link zipEnd}. */
function zipHeader(
  name: string,
  bytes: Uint8Array,
  offset: number,
): { entry: StoredEntry; header: Uint8Array } {
  const entry = { name, size: bytes.length, crc: crc32(bytes), offset };
  const header = fields([[4, LOCAL_HEADER], [2, VERSION], ...shared(entry), [2, 0]], [name]);
  if (offset + header.length + bytes.length > MOST_BYTES) throw tooMuch();
  return { entry, header };
}

/**
 * What stands behind the last entry.
 * @param offset where that is
 * @throws LimitError over 4 GiB or 65,535 entries
 */
function zipEnd(entries: readonly StoredEntry[], offset: number): Uint8Array {
  const directory = entries.map((entry) =>
    fields(
      // Comment, disk, attributes inside and outside.
      [
        [4, CENTRAL_HEADER],
        [2, VERSION],
        [2, VERSION],
        ...shared(entry),
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, entry.offset],
      ],
      [entry.name],
    ),
  );
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (entries.length > MOST_ENTRIES || offset + size > MOST_BYTES) throw tooMuch();
  const end = fields(
    [
      [4, END],
      [2, 0],
      [2, 0],
      [2, entries.length],
      [2, entries.length],
      [4, size],
      [4, offset],
      [2, 0],
    ],
    [],
  );
  return joined([...directory, end]);
}

/** From the flags to the length of the extra field. */
function shared({ name, size, crc }: StoredEntry): [2 | 4, number][] {
  const nameLength = new TextEncoder().encode(name).length;
  const stored = 0;
  return [
    [2, FLAGS],
    [2, stored],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, size],
    [4, size],
    [2, nameLength],
  ];
}

/** Little-endian numbers of two or four bytes, then texts. */
function fields(numbers: readonly (readonly [2 | 4, number])[], texts: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return joined([bytes, ...texts.map((text) => new TextEncoder().encode(text))]);
}

function tooMuch(): LimitError {
  return new LimitError('More than 4 GiB, or 65,535 files, do not fit in one ZIP; choose fewer textures.');
}

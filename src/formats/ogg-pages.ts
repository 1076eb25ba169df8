import { ascii, type ByteReader, dataView, joined, pieces } from './bytes.ts';

/** One page of an Ogg file (RFC 3533 §6). */
export interface OggPage {
  /** Which of the streams that lie side by side it belongs to. */
  readonly serial: number;
  /** Its number in that stream. */
  readonly sequence: number;
  /** The stream begins here. */
  readonly first: boolean;
  /** The stream ends here. */
  readonly last: boolean;
  /** The codec's clock at the end of the last packet that ends here, -1 where none does. */
  readonly granule: number;
  /** What of each packet lies on the page. */
  readonly parts: Uint8Array[];
  /** The first part goes on from the page before. */
  readonly continued: boolean;
  /** The last part goes on on the next page. */
  readonly open: boolean;
}

/** Page header without its segment table. */
const HEADER_LENGTH = 27;
/** Header flags. */
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;
/** A segment of this length does not end its packet. */
const FULL_SEGMENT = 255;

/**
 * Every page of the file whose CRC is right; between them the next `OggS` is looked for. Holds one page and a piece of
 * the file in memory.
 */
export async function* oggPages(reader: ByteReader): AsyncGenerator<OggPage> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces(reader)) {
    const bytes = joined([rest, piece]);
    let at = 0;
    while (at + HEADER_LENGTH <= bytes.length) {
      const length = ascii(bytes, at, 4) === 'OggS' ? pageLength(bytes, at) : null;
      if (length !== null && at + length > bytes.length) break;
      const page = length === null ? null : bytes.subarray(at, at + length);
      if (page !== null && hasRightSum(page)) {
        yield parsePage(page);
        at += page.length;
      } else {
        at = nextMark(bytes, at + 1);
      }
    }
    rest = bytes.subarray(at);
  }
}

/** Bytes of the page, Infinity until its segment table is all there. */
function pageLength(bytes: Uint8Array, at: number): number {
  const segments = bytes[at + 26];
  if (at + HEADER_LENGTH + segments > bytes.length) return Number.POSITIVE_INFINITY;
  let length = HEADER_LENGTH + segments;
  for (let segment = 0; segment < segments; segment++) length += bytes[at + HEADER_LENGTH + segment];
  return length;
}

/** The next place where a page may begin. */
function nextMark(bytes: Uint8Array, from: number): number {
  const found = bytes.indexOf(0x4f, from);
  return found < 0 ? bytes.length : found;
}

function parsePage(page: Uint8Array): OggPage {
  const view = dataView(page);
  const flags = page[5];
  const segments = page.subarray(HEADER_LENGTH, HEADER_LENGTH + page[26]);
  const parts: Uint8Array[] = [];
  let start = HEADER_LENGTH + segments.length;
  let end = start;
  for (const length of segments) {
    end += length;
    if (length === FULL_SEGMENT) continue;
    parts.push(page.subarray(start, end));
    start = end;
  }
  const open = segments.length > 0 && segments[segments.length - 1] === FULL_SEGMENT;
  if (open) parts.push(page.subarray(start, end));
  return {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    first: (flags & FIRST) !== 0,
    last: (flags & LAST) !== 0,
    granule: Number(view.getBigInt64(6, true)),
    parts,
    continued: (flags & CONTINUED) !== 0,
    open,
  };
}

/** Where the CRC stands in the header. */
const CRC_OFFSET = 22;

/** CRC-32, polynomial 0x04c11db7, taken with the field itself at zero. */
function hasRightSum(page: Uint8Array): boolean {
  let crc = 0;
  for (let i = 0; i < CRC_OFFSET; i++) crc = (crc << 8) ^ CRC32[(crc >>> 24) ^ page[i]];
  for (let i = 0; i < 4; i++) crc = (crc << 8) ^ CRC32[crc >>> 24];
  for (let i = CRC_OFFSET + 4; i < page.length; i++) crc = (crc << 8) ^ CRC32[(crc >>> 24) ^ page[i]];
  return crc >>> 0 === dataView(page).getUint32(CRC_OFFSET, true);
}

const CRC32 = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

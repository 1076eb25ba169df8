import { ascii, type ByteReader, dataView } from './bytes.ts';

/** Bytes of an ID3v2 tag at the start of a file, 0 where there is none (id3.org, ID3v2.4 §3.1: 7 bits a byte). */
function id3Length(head: Uint8Array): number {
  if (ascii(head, 0, 3) !== 'ID3' || head.length < 10) return 0;
  const size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
  const footer = head[5] & 0x10 ? 10 : 0;
  return 10 + size + footer;
}

/** Taggers that do not look add another tag each time; a file of nothing but tags must not keep us. */
const MOST_TAGS = 64;

/** Where the ID3v2 tags at the start of a file end, by their own word: 0 without one, never behind the file. */
export async function endOfTags(reader: ByteReader): Promise<number> {
  return endOfChain(reader, 0, id3Length);
}

/** Where tags that follow one another from `start` on end. @param lengthOf bytes of a tag by its first, 0 for what is none */
async function endOfChain(
  reader: ByteReader,
  start: number,
  lengthOf: (head: Uint8Array) => number,
): Promise<number> {
  let end = start;
  for (let count = 0; count < MOST_TAGS; count++) {
    const length = lengthOf(await reader.read(end, APE_EDGE_LENGTH));
    if (length === 0) break;
    end += length;
  }
  return Math.min(end, reader.size);
}

/** ID3v1: 128 bytes at the end (id3.org); its enhancement stands in front of it. */
const ID3V1_LENGTH = 128;
const ID3V1_ENHANCED_LENGTH = 227;
/** APEv2: 32 bytes, the size in the fifth four counted without the header (Hydrogenaudio's APEv2 specification). */
const APE_EDGE_LENGTH = 32;
/** Lyrics3 v2: six digits of size and a word; v1 is at most 5100 bytes between two words (id3.org, Lyrics3). */
const LYRICS3_END_LENGTH = 15;
const LYRICS3_V1_LENGTH = 5100 + 20;

/** Where the tags at the end of a file begin, in any order: ID3v1, its enhancement, APEv2, Lyrics3, ID3v2.4. */
export async function startOfEndTags(reader: ByteReader): Promise<number> {
  let end = reader.size;
  for (let count = 0; count < MOST_TAGS; count++) {
    const length = await lengthOfTagBefore(reader, end);
    if (length === 0 || length > end) break;
    end -= length;
  }
  return end;
}

/** Bytes of the tag that ends at `end`, 0 where none does. */
async function lengthOfTagBefore(reader: ByteReader, end: number): Promise<number> {
  const from = Math.max(0, end - ID3V1_ENHANCED_LENGTH);
  const bytes = await reader.read(from, end - from);
  const wordAt = (back: number, length: number) =>
    back > bytes.length ? '' : ascii(bytes, bytes.length - back, length);
  if (wordAt(ID3V1_LENGTH, 3) === 'TAG') return ID3V1_LENGTH;
  if (wordAt(ID3V1_ENHANCED_LENGTH, 4) === 'TAG+') return ID3V1_ENHANCED_LENGTH;
  if (wordAt(APE_EDGE_LENGTH, 8) === 'APETAGEX') {
    const view = dataView(bytes.subarray(bytes.length - APE_EDGE_LENGTH));
    const hasHeader = view.getUint32(20, true) & 0x80000000;
    return view.getUint32(12, true) + (hasHeader ? APE_EDGE_LENGTH : 0);
  }
  if (wordAt(9, 9) === 'LYRICS200') return Number.parseInt(wordAt(15, 6), 10) + LYRICS3_END_LENGTH || 0;
  if (wordAt(9, 9) === 'LYRICSEND') return lyrics3Length(reader, end);
  // The footer of ID3v2.4 repeats its header, which counts neither.
  if (wordAt(10, 3) === '3DI') return id3Length(mirrored(bytes.subarray(bytes.length - 10)));
  return 0;
}

async function lyrics3Length(reader: ByteReader, end: number): Promise<number> {
  const from = Math.max(0, end - LYRICS3_V1_LENGTH);
  const bytes = await reader.read(from, end - from);
  for (let at = bytes.length - 11; at >= 0; at--) {
    if (ascii(bytes, at, 11) === 'LYRICSBEGIN') return bytes.length - at;
  }
  return 0;
}

/** A footer as the header that it stands for. */
function mirrored(footer: Uint8Array): Uint8Array {
  const head = footer.slice();
  head.set([0x49, 0x44, 0x33]);
  return head;
}

/** The first byte from `start` on that belongs to no tag: ID3v2, ID3v1 or an APE tag with a header, in any order. */
export async function behindTags(reader: ByteReader, start: number): Promise<number> {
  return endOfChain(reader, start, tagLength);
}

function tagLength(head: Uint8Array): number {
  if (ascii(head, 0, 3) === 'TAG') return ID3V1_LENGTH;
  if (ascii(head, 0, 8) === 'APETAGEX' && head.length === APE_EDGE_LENGTH) {
    return APE_EDGE_LENGTH + dataView(head).getUint32(12, true);
  }
  return id3Length(head);
}

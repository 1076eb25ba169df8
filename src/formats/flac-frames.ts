import { MalformedFileError } from '../errors.ts';
import { ascii, type ByteReader, dataView, pieces } from './bytes.ts';
import { id3Length } from './tags.ts';

/** STREAMINFO (RFC 9639 §8.2). */
export interface FlacInfo {
  /** `fLaC` and the STREAMINFO block, marked as the only one: what a decoder has to see first. */
  readonly header: Uint8Array;
  readonly minBlockSize: number;
  readonly maxBlockSize: number;
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bitDepth: number;
  /** Samples a channel, 0 where unknown. */
  readonly totalSamples: number;
}

/** One coded frame and where its first sample belongs. */
export interface FlacFrame {
  readonly data: Uint8Array;
  readonly startSample: number;
  readonly blockSize: number;
}

/** `fLaC`, a block header and STREAMINFO. */
export const STREAM_HEADER_LENGTH = 42;

/** A FLAC file's STREAMINFO, and the first byte behind its metadata blocks. */
export interface FlacFileInfo extends FlacInfo {
  readonly framesOffset: number;
}

/**
 * Reads STREAMINFO and finds the first frame; an ID3v2 tag in front is passed over.
 * @throws MalformedFileError where there is none
 */
export async function readFlacInfo(reader: ByteReader): Promise<FlacFileInfo> {
  const start = id3Length(await reader.read(0, 10));
  const info = parseStreamHeader(reader.name, await reader.read(start, STREAM_HEADER_LENGTH));
  let offset = start + 4;
  for (let last = false; !last && offset + 4 <= reader.size; ) {
    const block = await reader.read(offset, 4);
    last = (block[0] & 0x80) !== 0;
    offset += 4 + ((block[1] << 16) | (block[2] << 8) | block[3]);
  }
  return { ...info, framesOffset: offset };
}

/**
 * @param head the STREAM_HEADER_LENGTH bytes from `fLaC` on
 * @throws MalformedFileError when they are none
 */
export function parseStreamHeader(name: string, head: Uint8Array): FlacInfo {
  if (head.length < STREAM_HEADER_LENGTH || ascii(head, 0, 4) !== 'fLaC' || (head[4] & 0x7f) !== 0) {
    throw new MalformedFileError(`“${name}” has no FLAC stream header; copy or export it again.`);
  }
  const header = head.slice();
  header[4] = 0x80;
  return {
    header,
    minBlockSize: (head[8] << 8) | head[9],
    maxBlockSize: (head[10] << 8) | head[11],
    sampleRate: (head[18] << 12) | (head[19] << 4) | (head[20] >> 4),
    channelCount: ((head[20] >> 1) & 7) + 1,
    bitDepth: (((head[20] & 1) << 4) | (head[21] >> 4)) + 1,
    totalSamples: (head[21] & 15) * 2 ** 32 + dataView(head).getUint32(22),
  };
}

/** What is used of a frame header. */
export interface FrameHeader {
  readonly startSample: number;
  readonly blockSize: number;
}

/** A header is at most 16 bytes; a candidate is judged only when all of it is there. */
const LONGEST_HEADER = 16;

/** Bytes read at a time: some dozen frames, so that little of it is carried over into the next piece. */
const PIECE_LENGTH = 512 * 1024;

/** What a place between frames may skip when it is damaged, seconds: beyond that the header is believed to be noise. */
const LONGEST_GAP_SEC = 60;

/**
 * Cuts a FLAC stream into frames without decoding them: a frame ends where a valid header (sync, CRC-8, the
 * stream's own rate, channels and depth) begins and the CRC-16 of all bytes since its own start comes out 0.
 * A frame whose CRC-16 fails is left out; the caller sees the hole in `startSample`.
 * One pass over the bytes, and never more than one frame and a piece of the file in memory.
 */
export async function* flacFrames(reader: ByteReader, info: FlacFileInfo): AsyncGenerator<FlacFrame> {
  const longest = longestFrame(info);
  let buffer = new Uint8Array(0);
  let current: FrameHeader | null = null;
  let scanned = 0;
  for await (const piece of withEnd(pieces(reader, info.framesOffset, PIECE_LENGTH))) {
    const atEnd = piece.length === 0;
    buffer = joined(buffer, piece);
    const limit = atEnd ? buffer.length : buffer.length - LONGEST_HEADER;
    let frameStart = 0;
    for (
      scanned = nextSync(buffer, scanned, limit);
      scanned < limit;
      scanned = nextSync(buffer, scanned + 1, limit)
    ) {
      if (scanned - frameStart > longest) current = null;
      const header = parseFrameHeader(buffer, scanned, info);
      if (header === null || !follows(header, current, info)) continue;
      if (current !== null && crc16(buffer, frameStart, scanned) === 0) {
        yield { data: buffer.subarray(frameStart, scanned), ...current };
      }
      current = header;
      frameStart = scanned;
    }
    if (scanned - frameStart > longest) current = null;
    if (current === null) frameStart = scanned;
    else if (atEnd && crc16(buffer, frameStart, buffer.length) === 0) {
      yield { data: buffer.subarray(frameStart), ...current };
    }
    buffer = buffer.subarray(frameStart);
    scanned -= frameStart;
  }
}

/**
 * The first place from `start` on where a frame's 15 bits of sync stand; `end` where there is none before it. The
 * language's own search for the first byte takes a third of what a loop over the bytes took.
 */
function nextSync(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return start;
  let at = bytes.indexOf(0xff, start);
  while (at >= 0 && at < end && (bytes[at + 1] & 0xfe) !== 0xf8) at = bytes.indexOf(0xff, at + 1);
  return at < 0 ? end : Math.min(at, end);
}

/** Bytes of the largest frame the stream can have: every sample verbatim, one bit more for a side channel. */
function longestFrame(info: FlacInfo): number {
  return Math.ceil((info.maxBlockSize * info.channelCount * (info.bitDepth + 1)) / 8) + 256;
}

/** The pieces and then one empty one, so that the last frame is closed where the others are. */
async function* withEnd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
  yield new Uint8Array(0);
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

/** Time only runs forward, and no further than the stream is long. */
function follows(next: FrameHeader, current: FrameHeader | null, info: FlacInfo): boolean {
  if (info.totalSamples > 0 && next.startSample >= info.totalSamples) return false;
  if (current === null) return true;
  const gap = next.startSample - current.startSample - current.blockSize;
  return gap >= 0 && gap <= LONGEST_GAP_SEC * info.sampleRate;
}

/** @returns null unless a header of this very stream stands here (RFC 9639 §9.1) */
export function parseFrameHeader(bytes: Uint8Array, start: number, info: FlacInfo): FrameHeader | null {
  const variable = (bytes[start + 1] & 1) === 1;
  const sizeCode = bytes[start + 2] >> 4;
  const rateCode = bytes[start + 2] & 15;
  const channelCode = bytes[start + 3] >> 4;
  const depthCode = (bytes[start + 3] >> 1) & 7;
  const channels = channelCode < 8 ? channelCode + 1 : 2;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || bytes[start + 3] & 1) return null;
  if (channels !== info.channelCount) return null;
  if (depthCode !== 0 && DEPTHS[depthCode] !== info.bitDepth) return null;

  const coded = codedNumber(bytes, start + 4);
  if (coded === null) return null;
  let at = start + 4 + coded.length;
  let blockSize = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeCode === 6) blockSize = bytes[at++] + 1;
  if (sizeCode === 7) blockSize = ((bytes[at++] << 8) | bytes[at++]) + 1;
  at += rateCode === 12 ? 1 : rateCode >= 13 ? 2 : 0;
  if (at >= bytes.length || crc8(bytes, start, at) !== bytes[at]) return null;
  return { startSample: variable ? coded.value : coded.value * info.minBlockSize, blockSize };
}

/** Bits by sample-size code; 0 where reserved. */
const DEPTHS = [0, 8, 12, 0, 16, 20, 24, 32];

/** A frame or sample number, stored as UTF-8 would store it, up to 36 bits in 7 bytes. */
function codedNumber(bytes: Uint8Array, start: number): { value: number; length: number } | null {
  const first = bytes[start];
  if (first < 0x80) return { value: first, length: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return null;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[start + i];
    if ((next & 0xc0) !== 0x80) return null;
    value = value * 64 + (next & 0x3f);
  }
  return { value, length };
}

/** CRC-8, polynomial x^8 + x^2 + x + 1 (RFC 9639 §9.1.8). */
function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) {
    crc ^= bytes[i];
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

/**
 * CRC-16, polynomial x^16 + x^15 + x^2 + 1 (RFC 9639 §9.3), of bytes [start, end), four at a time: what each of them
 * comes to by the end of the four is in a table of its own ("slicing", Kounavis & Berry, ISCC 2005).
 */
function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    crc =
      CRC16[768 + (bytes[at] ^ (crc >> 8))] ^
      CRC16[512 + (bytes[at + 1] ^ (crc & 0xff))] ^
      CRC16[256 + bytes[at + 2]] ^
      CRC16[bytes[at + 3]];
  }
  for (; at < end; at++) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ bytes[at]];
  return crc;
}

/** By byte, with 0 to 3 bytes of zeros behind it. */
const CRC16 = crc16Tables(4);

function crc16Tables(count: number): Uint16Array {
  const tables = new Uint16Array(256 * count);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 8;
    for (let table = 0; table < count; table++) {
      for (let bit = 0; bit < 8; bit++) {
        crc = crc & 0x8000 ? ((crc << 1) ^ 0x8005) & 0xffff : (crc << 1) & 0xffff;
      }
      tables[256 * table + byte] = crc;
    }
  }
  return tables;
}

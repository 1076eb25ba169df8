import { crc8 } from './flac-checksums.ts';
import type { FlacInfo } from './flac-info.ts';
import { HIGHEST_RATE, LOWEST_RATE } from './pcm-layout.ts';

/** What is used of a frame header (RFC 9639 §9.1). Each frame has its own, so streams may be joined anywhere. */
export interface FrameHeader {
  /** Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bitDepth: number;
  /** Samples a channel. */
  readonly blockSize: number;
  /** Of its first sample where blocks vary in size, else of the frame; streams that were cut or joined keep theirs. */
  readonly number: number;
  readonly variable: boolean;
}

/** A header is at most 16 bytes; a candidate is judged only when all of it is there. */
export const LONGEST_HEADER = 16;

/**
 * The first place from `start` on where a frame's 15 bits of sync stand; `end` where there is none before it. The
 * language's own search for the first byte takes a third of what a loop over the bytes took.
 */
export function nextSync(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return start;
  let at = bytes.indexOf(0xff, start);
  while (at >= 0 && at < end && (bytes[at + 1] & 0xfe) !== 0xf8) at = bytes.indexOf(0xff, at + 1);
  return at < 0 ? end : Math.min(at, end);
}

/**
 * @param info what the stream says where the frame leaves it to that
 * @returns null unless a whole header stands here, of a rate and a depth that can be read
 */
export function parseFrameHeader(bytes: Uint8Array, start: number, info: FlacInfo): FrameHeader | null {
  const variable = (bytes[start + 1] & 1) === 1;
  const sizeCode = bytes[start + 2] >> 4;
  const rateCode = bytes[start + 2] & 15;
  const channelCode = bytes[start + 3] >> 4;
  const depthCode = (bytes[start + 3] >> 1) & 7;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || depthCode === 3) return null;
  if (bytes[start + 3] & 1) return null;

  const coded = codedNumber(bytes, start + 4);
  if (coded === null) return null;
  let at = start + 4 + coded.length;
  let blockSize = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeCode === 6) blockSize = bytes[at++] + 1;
  if (sizeCode === 7) blockSize = ((bytes[at++] << 8) | bytes[at++]) + 1;
  let sampleRate = RATES[rateCode] ?? info.sampleRate;
  if (rateCode === 12) sampleRate = bytes[at++] * 1000;
  if (rateCode >= 13) sampleRate = ((bytes[at++] << 8) | bytes[at++]) * (rateCode === 14 ? 10 : 1);
  if (at >= bytes.length || crc8(bytes, start, at) !== bytes[at]) return null;
  if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) return null;
  return {
    sampleRate,
    channelCount: channelCode < 8 ? channelCode + 1 : 2,
    bitDepth: DEPTHS[depthCode] ?? info.bitDepth,
    blockSize,
    number: coded.value,
    variable,
  };
}

/** Hz by sample-rate code (RFC 9639 §9.1.2); null where STREAMINFO tells, as for all codes that are not in it. */
const RATES = [null, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];

/** Bits by sample-size code (RFC 9639 §9.1.4); null where STREAMINFO tells, and for the reserved one. */
const DEPTHS = [null, 8, 12, null, 16, 20, 24, 32];

/** Whether frames are of one rate, channel count and depth. */
export function sameFormat(a: FrameHeader, b: FrameHeader): boolean {
  return a.sampleRate === b.sampleRate && a.channelCount === b.channelCount && a.bitDepth === b.bitDepth;
}

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

/** What a hole in a stream may be long, seconds: beyond that the numbers are believed to be of another stream. */
const LONGEST_GAP_SEC = 60;

/**
 * Samples between the end of one frame and the start of a later one, as their numbers tell. In streams of one block
 * size, only the last block is shorter, so the earlier frame's size is the size of those between.
 *
 * @param last null at the start of a stream
 * @returns null where the numbers cannot be of one stream, or are more than a minute apart
 */
export function samplesBetween(last: FrameHeader | null, next: FrameHeader, info: FlacInfo): number | null {
  let gap: number;
  if (last === null) {
    gap = next.variable ? next.number : next.number * Math.max(next.blockSize, info.maxBlockSize);
  } else if (next.variable !== last.variable || !sameFormat(last, next)) {
    return null;
  } else if (next.variable) {
    gap = next.number - last.number - last.blockSize;
  } else {
    if (next.blockSize > last.blockSize) return null;
    gap = (next.number - last.number - 1) * last.blockSize;
  }
  return gap >= 0 && gap <= LONGEST_GAP_SEC * next.sampleRate ? gap : null;
}

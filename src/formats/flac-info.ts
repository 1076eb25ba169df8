import { MalformedFileError } from '../errors.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { id3Length } from './tags.ts';

/** STREAMINFO (RFC 9639 §8.2). What it says of block sizes and of the length is often wrong; frames know better. */
export interface FlacInfo {
  /** `fLaC` and the STREAMINFO block, marked as the only one: what a decoder has to see first. */
  readonly header: Uint8Array;
  /** Samples a channel in the largest block; 0 or too small where a program has misstated it. */
  readonly maxBlockSize: number;
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bitDepth: number;
  /** Samples a channel, 0 where unknown. */
  readonly totalSamples: number;
}

/** A FLAC file's STREAMINFO, and the first byte behind its metadata blocks. */
export interface FlacFileInfo extends FlacInfo {
  readonly framesOffset: number;
}

/** `fLaC`, a block header and STREAMINFO. */
export const STREAM_HEADER_LENGTH = 42;

/**
 * Reads STREAMINFO and finds the first frame; ID3v2 tags in front are passed over.
 * @throws MalformedFileError where there is none
 */
export async function readFlacInfo(reader: ByteReader): Promise<FlacFileInfo> {
  return readInfoAt(reader, await behindTags(reader, 0));
}

/** The same of a stream that begins at `start`; null where none does. */
export async function nextFlacInfo(reader: ByteReader, start: number): Promise<FlacFileInfo | null> {
  const head = await reader.read(start, STREAM_HEADER_LENGTH);
  return isStreamHeader(head) ? readInfoAt(reader, start) : null;
}

async function readInfoAt(reader: ByteReader, start: number): Promise<FlacFileInfo> {
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
  if (!isStreamHeader(head)) {
    throw new MalformedFileError(`“${name}” has no FLAC stream header; copy or export it again.`);
  }
  const header = head.slice();
  header[4] = 0x80;
  return {
    header,
    maxBlockSize: (head[10] << 8) | head[11],
    sampleRate: (head[18] << 12) | (head[19] << 4) | (head[20] >> 4),
    channelCount: ((head[20] >> 1) & 7) + 1,
    bitDepth: (((head[20] & 1) << 4) | (head[21] >> 4)) + 1,
    totalSamples: (head[21] & 15) * 2 ** 32 + dataView(head).getUint32(22),
  };
}

function isStreamHeader(head: Uint8Array): boolean {
  return head.length >= STREAM_HEADER_LENGTH && ascii(head, 0, 4) === 'fLaC' && (head[4] & 0x7f) === 0;
}

/** Length of an ID3v1 tag (id3.org, ID3v1). */
const ID3V1_LENGTH = 128;

/** Length of the header and of the footer of an APE tag (wiki.hydrogenaud.io, APEv2 specification). */
const APE_HEADER_LENGTH = 32;

/** The first byte from `start` on that belongs to no tag: ID3v2, ID3v1 or an APE tag with a header, in any order. */
export async function behindTags(reader: ByteReader, start: number): Promise<number> {
  for (let at = start; ; ) {
    const length = tagLength(await reader.read(at, APE_HEADER_LENGTH));
    if (length === 0 || at >= reader.size) return Math.min(at, reader.size);
    at += length;
  }
}

function tagLength(head: Uint8Array): number {
  if (ascii(head, 0, 3) === 'TAG') return ID3V1_LENGTH;
  if (ascii(head, 0, 8) === 'APETAGEX' && head.length === APE_HEADER_LENGTH) {
    return APE_HEADER_LENGTH + dataView(head).getUint32(12, true);
  }
  return id3Length(head);
}

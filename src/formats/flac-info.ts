import { MalformedFileError } from '../errors.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { behindTags } from './tags.ts';

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

/** A file has a handful of metadata blocks; one whose rest is zeros would have one every four bytes. */
const MOST_BLOCKS = 4096;

/** `fLaC`, a block header and STREAMINFO. */
export const STREAM_HEADER_LENGTH = 42;

/**
 * Reads STREAMINFO and finds the first frame; ID3v2 tags in front are skipped.
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
  for (let count = 0; count < MOST_BLOCKS && offset + 4 <= reader.size; count++) {
    const block = await reader.read(offset, 4);
    offset += 4 + ((block[1] << 16) | (block[2] << 8) | block[3]);
    const isLast = (block[0] & 0x80) !== 0;
    if (isLast) break;
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

import { ascii, type ByteReader } from './bytes.ts';
import { chainLength, LONGEST_FRAME, LONGEST_FREE_FRAME, parseFrameHeader } from './mp3-header.ts';
import { endOfTags } from './tags.ts';

/** Where the frames of an MP3 begin. */
export interface Mp3Start {
  /** First byte of the first frame in the file. */
  readonly offset: number;
  /** Whether no header says how long its frame is. */
  readonly isFreeFormat: boolean;
}

/** Junk in front of the first frame, bytes: up to here two frames that follow one another are believed. */
const NEAR = 64 * 1024;

/** Further on, four are: fewer are found by chance in some hundred megabytes of anything. */
const FAR_CHAIN = 4;

/** How far frames are looked for: behind the largest picture that a tag of a wrong size may leave in the way. */
const FARTHEST = 16 * 1024 * 1024;

/** Bytes searched at a time. */
const WINDOW = 256 * 1024;

/**
 * Finds the first frame of an MP3, behind tags and junk. A lone sync word is found in any file, so others have to
 * follow it at once, with the same rate. Where no frame follows the tags at once, their size may be wrong, and what they
 * say is theirs is looked through as well.
 *
 * @returns null where there is none
 */
export async function findMp3Start(reader: ByteReader): Promise<Mp3Start | null> {
  const start = await endOfTags(reader);
  const here = await firstFrame(reader, start, start);
  if (here !== null) return here;
  if (start > 0) {
    const within = await farFrame(reader, 10, start);
    if (within !== null) return within;
  }
  if (isContainer(await reader.read(start, 12))) return null;
  return (await firstFrame(reader, start, start + NEAR)) ?? (await farFrame(reader, start + NEAR, FARTHEST));
}

/** The first frame from `start` up to `last` that a second one follows, or that is all there is. */
async function firstFrame(reader: ByteReader, start: number, last: number): Promise<Mp3Start | null> {
  const bytes = await reader.read(start, last - start + 4 * LONGEST_FREE_FRAME);
  for (let at = bytes.indexOf(0xff); at >= 0 && at <= last - start; at = bytes.indexOf(0xff, at + 1)) {
    const header = parseFrameHeader(bytes, at);
    if (header === null) continue;
    const offset = start + at;
    if (header.length === 0) {
      if (isFreeFormat(bytes, at)) return { offset, isFreeFormat: true };
      continue;
    }
    const isOnlyFrame = at === 0 && start + header.length === reader.size;
    if (isOnlyFrame || chainLength(bytes, at, 2) === 2) return { offset, isFreeFormat: false };
  }
  return null;
}

async function farFrame(reader: ByteReader, start: number, last: number): Promise<Mp3Start | null> {
  for (let from = start; from < Math.min(last, reader.size); from += WINDOW) {
    const length = Math.min(WINDOW, last - from);
    const bytes = await reader.read(from, length + FAR_CHAIN * LONGEST_FRAME);
    for (let at = bytes.indexOf(0xff); at >= 0 && at < length; at = bytes.indexOf(0xff, at + 1)) {
      if (chainLength(bytes, at, FAR_CHAIN) === FAR_CHAIN) return { offset: from + at, isFreeFormat: false };
    }
  }
  return null;
}

/** Whether four frames of free format stand one after the other: all as long as the first, or a byte of padding longer. */
function isFreeFormat(bytes: Uint8Array, at: number): boolean {
  const first = parseFrameHeader(bytes, at);
  const isNext = (next: number) => {
    const header = parseFrameHeader(bytes, next);
    return header?.length === 0 && header.sampleRate === first?.sampleRate;
  };
  const paddingAt = (frame: number) => (bytes[frame + 2] >> 1) & 1;
  for (let length = 24; length < LONGEST_FREE_FRAME; length++) {
    let next = at;
    let count = 1;
    for (; count < FAR_CHAIN; count++) {
      next += length + paddingAt(next);
      if (!isNext(next)) break;
    }
    if (count === FAR_CHAIN) return true;
  }
  return false;
}

/** First bytes of files that may hold MP3 frames, and more than those. */
function isContainer(head: Uint8Array): boolean {
  const word = ascii(head, 0, 4);
  // Matroska, Windows Media, an AVI, CAF, Flash video, ZIP.
  const words = ['\x1aE\xdf\xa3', '0&\xb2u', 'RIFF', 'caff', 'FLV\x01', 'PK\x03\x04'];
  return words.includes(word) || ascii(head, 4, 4) === 'ftyp';
}

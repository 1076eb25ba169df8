import type { ByteReader } from './bytes.ts';
import { chainLength, encoderNote, type FrameHeader, LONGEST_FRAME, parseFrameHeader } from './mp3-header.ts';

/** Bytes of an MP3 whose frames are of one rate and layout. */
export interface Mp3Piece {
  readonly bytes: Uint8Array;
  /** Hz. */
  readonly sampleRate: number;
  /** 2 as soon as one frame had two in this encoding: what becomes mono later is alike in both. */
  readonly channelCount: 1 | 2;
  /** Whether another encoding begins with this piece: with an encoder's note, or at another rate. */
  readonly isStart: boolean;
  /** Samples a channel that the note promises, delay and padding included; 0 without one. */
  readonly statedSamples: number;
}

/** Bytes a piece at most: what is lost when the codec has to be replaced, half a second at 256 kbit/s. */
const PIECE_LENGTH = 16 * 1024;

/** Frames that have to follow one another where the frame before them says nothing of where they begin. */
const FOUND_CHAIN = 3;
const LOOK_AHEAD = (FOUND_CHAIN + 1) * LONGEST_FRAME;

/**
 * Cuts an MP3 into pieces, also wherever its frames change. Its headers are walked, and all bytes are given: what is no
 * frame goes along.
 *
 * @param start first byte of the first frame
 * @param end where the tags behind the last frame begin
 */
export async function* mp3Pieces(reader: ByteReader, start: number, end: number): AsyncGenerator<Mp3Piece> {
  let kind: Kind | null = null;
  /** Where the next header is due, from the first byte of the piece. */
  let due = 0;
  for (let offset = start; offset < end; ) {
    const bytes = await reader.read(offset, Math.min(PIECE_LENGTH + LOOK_AHEAD, end - offset));
    if (bytes.length === 0) return;
    const change: Kind | null = due === 0 ? changeAt(bytes, 0, kind) : null;
    const current: Kind | null = change ?? kind;
    if (current === null) return;
    const { length, next } = extent(bytes, due, current);
    yield {
      bytes: bytes.subarray(0, length),
      sampleRate: current.sampleRate,
      channelCount: current.channelCount,
      statedSamples: current.statedSamples,
      isStart: change !== null && (change.isNoted || change.sampleRate !== kind?.sampleRate),
    };
    kind = current;
    due = next - length;
    offset += length;
  }
}

interface Kind {
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  readonly isNoted: boolean;
  readonly statedSamples: number;
}

/** How many of `bytes` belong together, up to a piece, and where the next header behind them is due. */
function extent(bytes: Uint8Array, due: number, kind: Kind): { length: number; next: number } {
  const longest = Math.min(PIECE_LENGTH, bytes.length);
  let next = due;
  while (next < longest) {
    const at = nextFrame(bytes, next, longest);
    if (at === null) return { length: longest, next: longest };
    if (at > 0 && changeAt(bytes, at, kind) !== null) return { length: at, next: at };
    next = at + (parseFrameHeader(bytes, at)?.length ?? 0);
  }
  return { length: longest, next };
}

/** The frame at `from`, or the first further on that others follow; null where none begins before `until`. */
function nextFrame(bytes: Uint8Array, from: number, until: number): number | null {
  if (parseFrameHeader(bytes, from)?.length) return from;
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < until; at = bytes.indexOf(0xff, at + 1)) {
    if (chainLength(bytes, at, FOUND_CHAIN) === FOUND_CHAIN) return at;
  }
  return null;
}

/**
 * What begins with the frame at `at`, if it is anything else than before. A header that another of its kind does not
 * follow is damaged, unless it is the first.
 */
function changeAt(bytes: Uint8Array, at: number, before: Kind | null): Kind | null {
  const header = parseFrameHeader(bytes, at);
  if (header === null) return null;
  const note = encoderNote(bytes.subarray(at, at + header.length));
  const kind = {
    sampleRate: header.sampleRate,
    channelCount: header.channelCount,
    isNoted: note !== null,
    statedSamples: (note?.frames ?? 0) * header.samples,
  };
  if (before === null) return kind;
  const isAlike = header.sampleRate === before.sampleRate && header.channelCount <= before.channelCount;
  if (isAlike && note === null) return null;
  return isFollowed(bytes, at, header) ? kind : null;
}

function isFollowed(bytes: Uint8Array, at: number, header: FrameHeader): boolean {
  const next = parseFrameHeader(bytes, at + header.length);
  return next?.sampleRate === header.sampleRate && next.channelCount === header.channelCount;
}

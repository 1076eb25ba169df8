import { type ByteReader, joined } from './bytes.ts';
import { crc16 } from './flac-checksums.ts';
import { type FrameCheck, frameEndFinder, longestFrame } from './flac-frame-end.ts';
import {
  type FrameHeader,
  LONGEST_HEADER,
  nextSync,
  parseFrameHeader,
  samplesBetween,
} from './flac-frame-header.ts';
import { type FlacFileInfo, type FlacInfo, nextFlacInfo } from './flac-info.ts';
import { behindTags } from './tags.ts';

/** One coded frame. */
export interface FlacFrame {
  readonly header: FrameHeader;
  readonly data: Uint8Array;
  /** The stream it belongs to: files that were joined as they are hold several. */
  readonly info: FlacInfo;
  /** Samples that are missing between the frame before and this one; null where some are and nothing tells how many. */
  readonly lostBefore: number | null;
}

/** How a file ends. */
export interface FlacEnding {
  /** Length of a last frame that begins where it should and is damaged or cut, seconds; 0 where all is well. */
  brokenSec: number;
}

/** Where a frame may begin: its header's own checksum is right. */
interface Candidate {
  /** Offset in the file. */
  readonly start: number;
  readonly header: FrameHeader;
  /** CRC-16 of what lies between `start` and `summedTo`. */
  sum: number;
  summedTo: number;
}

/** Bytes read at a time: some dozen frames, so that little of it is carried over into the next piece. */
const PIECE_LENGTH = 512 * 1024;

/** A sound stream has one at a time, two where a header is damaged; more are noise that happens to look like headers. */
const MOST_CANDIDATES = 16;

/**
 * Cuts a FLAC file into frames without decoding them. A frame ends where another header begins and the CRC-16 of all
 * bytes since its own start comes out 0. Such frames are sound, and in order, whatever numbers they bear and whatever
 * STREAMINFO says: files are cut and joined without anything being encoded again. Numbers are asked only where bytes had
 * to be skipped: how much is missing there. Where no header follows (tags, another file, damage), the end is where the
 * CRC-16 comes out 0 and `isSound` agrees.
 * One pass over the bytes, and never more than a few frames and a piece of the file in memory.
 *
 * @param ending called at the end
 */
export function flacFrames(
  reader: ByteReader,
  info: FlacFileInfo,
  isSound: FrameCheck,
  ending: FlacEnding,
): AsyncGenerator<FlacFrame> {
  return new Framer(reader, info, isSound).frames(ending);
}

class Framer {
  /** Those that nothing has decided on yet, by their place. */
  private candidates: Candidate[] = [];
  /** Where the next frame begins if nothing is missing, a file offset. */
  private expected: number;
  /** The last sound frame of this stream. */
  private last: FrameHeader | null = null;
  /** A header at `expected` whose frame is damaged. */
  private broken: FrameHeader | null = null;
  private bytes: Uint8Array = new Uint8Array(0);
  /** File offset of the first of `bytes`. */
  private bytesStart: number;
  private atEnd = false;
  /** Up to here, a file offset, all headers have been found. */
  private scanned: number;

  private readonly reader: ByteReader;
  private readonly frameEnd: ReturnType<typeof frameEndFinder>;
  private info: FlacInfo;

  constructor(reader: ByteReader, info: FlacFileInfo, isSound: FrameCheck) {
    this.reader = reader;
    this.info = info;
    this.frameEnd = frameEndFinder(isSound);
    this.expected = info.framesOffset;
    this.bytesStart = info.framesOffset;
    this.scanned = info.framesOffset;
  }

  async *frames(ending: FlacEnding): AsyncGenerator<FlacFrame> {
    while (await this.readOn()) {
      for (let header = this.nextHeader(); header !== null; header = this.nextHeader()) {
        const at = this.scanned - 1;
        const whole = this.wholeUntil(at);
        // The usual case stands here: every further generator that a frame goes through costs as much as its search.
        if (whole !== null && whole === this.candidates[0] && !this.zerosBefore(at))
          yield this.taken(whole, at);
        else yield* this.settle(whole, at);
        // What was settled may have shown that this lies within a tag.
        if (at >= this.expected) this.candidates.push({ start: at, header, sum: 0, summedTo: at });
      }
      if (this.atEnd) yield* this.settleAll();
      else yield* this.settleOverdue(this.bytesEnd);
    }
    if (this.broken !== null) ending.brokenSec = this.broken.blockSize / this.broken.sampleRate;
  }

  private get bytesEnd(): number {
    return this.bytesStart + this.bytes.length;
  }

  /** Forgets what is decided and reads the next piece; an empty one, with `atEnd` set, is the last. */
  private async readOn(): Promise<boolean> {
    if (this.atEnd) return false;
    const needed = Math.max(this.candidates[0]?.start ?? this.scanned, this.bytesStart);
    const kept = this.bytes.subarray(needed - this.bytesStart);
    const piece = await this.reader.read(needed + kept.length, PIECE_LENGTH);
    this.bytes = joined([kept, piece]);
    this.bytesStart = needed;
    this.atEnd = piece.length === 0;
    return true;
  }

  /** Finds the next header in the bytes at hand, and leaves `scanned` one byte behind its start. */
  private nextHeader(): FrameHeader | null {
    const { bytes, bytesStart } = this;
    const limit = this.atEnd ? bytes.length : bytes.length - LONGEST_HEADER;
    let at = nextSync(bytes, this.scanned - bytesStart, limit);
    while (at < limit) {
      const header = parseFrameHeader(bytes, at, this.info);
      at++;
      if (header !== null) {
        this.scanned = bytesStart + at;
        return header;
      }
      at = nextSync(bytes, at, limit);
    }
    this.scanned = bytesStart + at;
    return null;
  }

  /** The candidate whose checksum is right if it ends here. */
  private wholeUntil(end: number): Candidate | null {
    const to = end - this.bytesStart;
    for (const candidate of this.candidates) {
      candidate.sum = crc16(this.bytes, candidate.summedTo - this.bytesStart, to, candidate.sum);
      candidate.summedTo = end;
      if (candidate.sum === 0) return candidate;
    }
    return null;
  }

  private taken(whole: Candidate, end: number): FlacFrame {
    this.candidates = [];
    return this.frame(whole, end);
  }

  /** Decides on candidates in order: up to the one that is whole where it ends here, else on those that are overdue. */
  private async *settle(whole: Candidate | null, end: number): AsyncGenerator<FlacFrame> {
    if (whole === null) {
      yield* this.settleOverdue(end);
      return;
    }
    while (this.candidates.length > 0 && this.candidates[0].start < whole.start) {
      yield* this.settleFirst(whole.start);
    }
    if (this.candidates[0] !== whole) return;
    if (this.zerosBefore(end)) yield* this.settleFirst(end);
    else yield this.taken(whole, end);
  }

  /** Zeros leave a sum as it is, and may be what a disk gives for lost frames: the frame ends before or among them. */
  private zerosBefore(end: number): boolean {
    const at = end - this.bytesStart;
    return this.bytes[at - 1] === 0 && this.bytes[at - 2] === 0 && this.bytes[at - 3] === 0;
  }

  /** Settles what can grow no further, and what is too much. */
  private async *settleOverdue(at: number): AsyncGenerator<FlacFrame> {
    while (this.candidates.length > 0) {
      const { start, header } = this.candidates[0];
      if (at - start <= longestFrame(header) && this.candidates.length < MOST_CANDIDATES) return;
      yield* this.settleFirst(at);
    }
  }

  private async *settleAll(): AsyncGenerator<FlacFrame> {
    while (this.candidates.length > 0) {
      const whole = this.wholeUntil(this.bytesEnd);
      if (whole !== null) yield* this.settle(whole, this.bytesEnd);
      else yield* this.settleFirst(this.bytesEnd);
    }
  }

  /** Finds out whether the first candidate is a frame that no header follows. */
  private async *settleFirst(limit: number): AsyncGenerator<FlacFrame> {
    const [candidate] = this.candidates;
    const { start, header } = candidate;
    const bytes = this.bytes.subarray(start - this.bytesStart, limit - this.bytesStart);
    const length = await this.frameEnd(bytes, header, this.info);
    if (length === null) {
      this.candidates.shift();
      if (start === this.expected) this.broken = header;
      return;
    }
    const end = start + length;
    this.candidates = this.candidates.filter((other) => other.start >= end);
    yield this.frame(candidate, end);
    await this.passOver(end);
  }

  /** Skips tags behind a frame, and the head of another file that was appended. */
  private async passOver(end: number): Promise<void> {
    const behind = await behindTags(this.reader, end);
    const next = await nextFlacInfo(this.reader, behind);
    if (next !== null) {
      this.info = next;
      this.last = null;
    }
    this.expected = next?.framesOffset ?? behind;
    this.candidates = this.candidates.filter(({ start }) => start >= this.expected);
    if (this.scanned >= this.expected) return;
    this.scanned = this.expected;
    if (this.expected <= this.bytesEnd) return;
    this.bytes = new Uint8Array(0);
    this.bytesStart = this.expected;
  }

  private frame({ start, header }: Candidate, end: number): FlacFrame {
    const lostBefore = start === this.expected ? 0 : this.lostBefore(header);
    this.expected = end;
    this.last = header;
    this.broken = null;
    const data = this.bytes.subarray(start - this.bytesStart, end - this.bytesStart);
    return { header, data, info: this.info, lostBefore };
  }

  private lostBefore(next: FrameHeader): number | null {
    if (this.broken === null) return samplesBetween(this.last, next, this.info);
    const broken = Math.round((this.broken.blockSize * next.sampleRate) / this.broken.sampleRate);
    return broken + (samplesBetween(this.broken, next, this.info) ?? 0);
  }
}

import { ascii, dataView } from './bytes.ts';

/** The header of a Layer III frame (ISO 11172-3 §2.4.1.3, 13818-3). */
export interface FrameHeader {
  /** Hz; it tells MPEG-1, MPEG-2 and MPEG-2.5 apart. */
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  /** Bytes of the whole frame; 0 in free format, where no header says it. */
  readonly length: number;
  /** Samples a channel: 1152 in MPEG-1, else 576. */
  readonly samples: number;
}

/** kbit/s by index, for Layer III of MPEG-1, and of MPEG-2 and 2.5; the first is free format. */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_1 = [44100, 48000, 32000];

/** Bytes of the longest frame: 320 kbit/s at 32 kHz, or 160 at 8, and one of padding. */
export const LONGEST_FRAME = 1441;

/** Bytes of the longest frame in free format: lame goes up to 640 kbit/s. */
export const LONGEST_FREE_FRAME = 2881;

/** The header at `at`; null where there is none. */
export function parseFrameHeader(bytes: Uint8Array, at: number): FrameHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe0) !== 0xe0) return null;
  // 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5, 1 = reserved; layer bits 1 = Layer III.
  const version = (bytes[at + 1] >> 3) & 3;
  const layer = (bytes[at + 1] >> 1) & 3;
  const bitrateIndex = bytes[at + 2] >> 4;
  const rateIndex = (bytes[at + 2] >> 2) & 3;
  if (version === 1 || layer !== 1 || rateIndex === 3 || bitrateIndex === 15) return null;
  const padding = (bytes[at + 2] >> 1) & 1;
  const divider = version === 3 ? 1 : version === 2 ? 2 : 4;
  const sampleRate = RATES_1[rateIndex] / divider;
  const bitrate = (version === 3 ? BITRATES_1 : BITRATES_2)[bitrateIndex] * 1000;
  const samplesOver8 = version === 3 ? 144 : 72;
  return {
    sampleRate,
    channelCount: bytes[at + 3] >> 6 === 3 ? 1 : 2,
    length: bitrate === 0 ? 0 : Math.floor((samplesOver8 * bitrate) / sampleRate) + padding,
    samples: samplesOver8 * 8,
  };
}

/**
 * How many frames of one rate follow one another without a hole from `at` on, counted up to `most`; frames of free
 * format are none.
 */
export function chainLength(bytes: Uint8Array, at: number, most: number): number {
  const first = parseFrameHeader(bytes, at);
  let count = 0;
  for (let next = at; count < most; count++) {
    const header = parseFrameHeader(bytes, next);
    if (header === null || header.length === 0 || header.sampleRate !== first?.sampleRate) break;
    next += header.length;
  }
  return count;
}

/** Where a note may stand, behind side information of 9, 17 or 32 bytes and the header of 4. */
const NOTE_OFFSETS = [13, 21, 36];

/**
 * The note of the encoder that stands in the first frame of what it wrote, in place of sound: how many frames follow
 * (0 where it does not say). null where the frame has none.
 */
export function encoderNote(frame: Uint8Array): { readonly frames: number } | null {
  for (const at of NOTE_OFFSETS) {
    const name = ascii(frame, at, 4);
    if (name !== 'Xing' && name !== 'Info') continue;
    const view = dataView(frame);
    // The lowest flag says that the count follows.
    const isCounted = frame.length >= at + 12 && view.getUint32(at + 4) & 1;
    return { frames: isCounted ? view.getUint32(at + 8) : 0 };
  }
  return null;
}

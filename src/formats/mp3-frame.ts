import { ascii, type ByteReader, dataView } from './bytes.ts';

/** What the header of an MPEG audio frame says (ISO 11172-3 §2.4.1.3, 13818-3). */
export interface Mp3Frame {
  /** First byte of the frame in the file. */
  readonly offset: number;
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  /** Frames a channel that the encoder's own note (Xing, Info) promises, delay and padding included; 0 without one. */
  readonly statedSamples: number;
}

interface FrameHeader {
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  readonly length: number;
  /** Samples a channel: 1152 in MPEG-1, else 576. */
  readonly samples: number;
}

/** kbit/s by index, for Layer III of MPEG-1, and of MPEG-2 and 2.5. */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_1 = [44100, 48000, 32000];

/** Junk that may stand before the first frame; taggers leave some, more is no MP3. */
const SEARCH_LENGTH = 64 * 1024;

/**
 * The first frame at or after `start` that a second one follows at once, with the same rate: a lone sync word
 * is found in any file.
 *
 * @returns null where no such pair begins within 64 kB
 */
export async function findMp3Frame(reader: ByteReader, start: number): Promise<Mp3Frame | null> {
  // The longest frame is 1441 bytes; the header of the one after it has to be in reach.
  const bytes = await reader.read(start, SEARCH_LENGTH + 1500);
  const last = Math.min(bytes.length - 4, SEARCH_LENGTH);
  for (let at = 0; at <= last; at++) {
    if (bytes[at] !== 0xff) continue;
    const header = parseFrameHeader(bytes, at);
    if (header === null) continue;
    const next = parseFrameHeader(bytes, at + header.length);
    const isOnlyFrame = at === 0 && start + header.length === reader.size;
    if (next?.sampleRate === header.sampleRate || isOnlyFrame) {
      const { sampleRate, channelCount, samples } = header;
      const statedSamples = statedFrames(bytes.subarray(at, at + header.length)) * samples;
      return { offset: start + at, sampleRate, channelCount, statedSamples };
    }
  }
  return null;
}

/** Where the note may stand, behind side information of 9, 17 or 32 bytes and the header of 4. */
const NOTE_OFFSETS = [13, 21, 36];

/** The frame count of a Xing or Info note in the first frame, 0 where there is none. */
function statedFrames(frame: Uint8Array): number {
  for (const at of NOTE_OFFSETS) {
    const name = ascii(frame, at, 4);
    if (name !== 'Xing' && name !== 'Info') continue;
    const view = dataView(frame);
    // The lowest flag says that the count follows.
    return frame.length >= at + 12 && view.getUint32(at + 4) & 1 ? view.getUint32(at + 8) : 0;
  }
  return 0;
}

function parseFrameHeader(bytes: Uint8Array, at: number): FrameHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe0) !== 0xe0) return null;
  // 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5, 1 = reserved; layer bits 1 = Layer III.
  const version = (bytes[at + 1] >> 3) & 3;
  const layer = (bytes[at + 1] >> 1) & 3;
  const bitrateIndex = bytes[at + 2] >> 4;
  const rateIndex = (bytes[at + 2] >> 2) & 3;
  if (version === 1 || layer !== 1 || rateIndex === 3 || bitrateIndex === 0 || bitrateIndex === 15)
    return null;
  const padding = (bytes[at + 2] >> 1) & 1;
  const divider = version === 3 ? 1 : version === 2 ? 2 : 4;
  const sampleRate = RATES_1[rateIndex] / divider;
  const bitrate = (version === 3 ? BITRATES_1 : BITRATES_2)[bitrateIndex] * 1000;
  const samplesOver8 = version === 3 ? 144 : 72;
  return {
    sampleRate,
    channelCount: bytes[at + 3] >> 6 === 3 ? 1 : 2,
    length: Math.floor((samplesOver8 * bitrate) / sampleRate) + padding,
    samples: samplesOver8 * 8,
  };
}

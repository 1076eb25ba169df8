import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';

/** How one sample is stored. Integers wider than their valid bits are left-justified, as RIFF and AIFF say. */
export type PcmEncoding = 'signed' | 'unsigned' | 'float' | 'alaw' | 'ulaw';

/** Where the samples of an uncompressed file lie and how to read them. */
export interface PcmLayout {
  readonly encoding: PcmEncoding;
  /** Bytes of one sample: 1–4 for integers, 4 or 8 for floats, 1 for A-law and µ-law. */
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
  readonly channelCount: number;
  /** Hz. */
  readonly sampleRate: number;
  /** First byte of the first frame. */
  readonly dataOffset: number;
  /** Whole frames that the file really holds. */
  readonly frameCount: number;
  /** WAVEFORMATEXTENSIBLE's speaker bits, 0 where unknown. */
  readonly channelMask: number;
}

/** A layout and what was odd about the header that gave it. */
export interface PcmHeader {
  readonly layout: PcmLayout;
  readonly warnings: string[];
}

/** Bytes of one frame (a sample of every channel). */
export function bytesPerFrame(layout: PcmLayout): number {
  return layout.bytesPerSample * layout.channelCount;
}

/** Rates that are sound to us, Hz: below, speech codecs of the sixties; above, ultrasound. */
export const LOWEST_RATE = 8000;
export const HIGHEST_RATE = 192000;

/** More channels than any mixer's bus count, so the field is damaged. */
const MOST_CHANNELS = 64;

/**
 * Refuses a rate or channel count that cannot be meant.
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 * @throws MalformedFileError for no channels, or more than 64
 */
export function assertPlausible(name: string, sampleRate: number, channelCount: number): void {
  if (!(channelCount >= 1 && channelCount <= MOST_CHANNELS)) {
    throw new MalformedFileError(
      `“${name}” says it has ${channelCount} channels, so its header is damaged; export it again.`,
      { context: { name, channelCount } },
    );
  }
  if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE)) {
    throw new UnsupportedFormatError(
      `“${name}” has a sample rate of ${sampleRate} Hz, and only 8000 to 192000 Hz can be read; convert it first.`,
      { context: { name, sampleRate } },
    );
  }
}

/** What to say when a file ends before its header said it would. */
export function cutShort(name: string, frames: number, claimedFrames: number, sampleRate: number): string {
  const seconds = (count: number) => (count / sampleRate).toFixed(2);
  return `“${name}” is cut short: it holds ${seconds(frames)} of the ${seconds(claimedFrames)} s its header claims, and those are used.`;
}

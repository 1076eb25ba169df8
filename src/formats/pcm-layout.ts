import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import type { ChannelOrder } from './downmix.ts';
import type { SoundExtent } from './sound-extent.ts';

/** How one sample is stored. Integers wider than their valid bits are left-justified, as RIFF and AIFF say. */
export type PcmEncoding = 'signed' | 'unsigned' | 'float' | 'alaw' | 'ulaw';

/** Where the samples of an uncompressed file lie and how to read them. */
export interface PcmLayout {
  readonly encoding: PcmEncoding;
  /** Bytes of one sample: 1–4 for integers, 4 or 8 for floats, 1 for A-law and µ-law. */
  readonly bytesPerSample: number;
  /** Bytes from one sample of a frame to the next: more than `bytesPerSample` where the top ones are empty. */
  readonly containerBytes: number;
  /** What a float of full scale is: 1, or in files of old Cool Edit 2^15 or 2^23. Integers have it from their width. */
  readonly fullScale: number;
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
  /** What the channels are where no speaker bits say it. */
  readonly channelOrder: ChannelOrder;
}

/** A layout and what was odd about the header that gave it. */
export interface PcmHeader {
  readonly layout: PcmLayout;
  readonly warnings: string[];
}

/** Bytes of one frame (a sample of every channel). */
export function bytesPerFrame(layout: PcmLayout): number {
  return layout.containerBytes * layout.channelCount;
}

/** Rates that are sound to us, Hz: below, speech codecs of the sixties; above, ultrasound. */
export const LOWEST_RATE = 8000;
export const HIGHEST_RATE = 192000;

/** More channels than any mixer's bus count, so the field is damaged. */
const MOST_CHANNELS = 64;

/**
 * Rejects a rate or channel count that cannot be meant.
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
  return `“${name}” is cut short: it holds ${seconds(frames, sampleRate)} of the ${seconds(claimedFrames, sampleRate)} s its header claims, and those are used.`;
}

/**
 * What to say where a file is not as long as it states.
 * @param claimedFrames as stated
 * @returns null where all is well
 */
export function extentWarning(
  name: string,
  kind: SoundExtent['kind'],
  frames: number,
  claimedFrames: number,
  sampleRate: number,
): string | null {
  const claims = `claims ${seconds(claimedFrames, sampleRate)} s`;
  const all = `all ${seconds(frames, sampleRate)} s`;
  switch (kind) {
    case 'stated':
      return null;
    case 'unstated':
      return `“${name}” does not say how long it is; it is read to its end.`;
    case 'short':
      return cutShort(name, frames, claimedFrames, sampleRate);
    case 'wrapped':
      return `“${name}” is longer than the 4 GiB its header can state, so that it ${claims}; ${all} are read.`;
    case 'stale':
      return `“${name}” ${claims}, but its sound runs on behind them; ${all} to its end are read.`;
  }
}

function seconds(frames: number, sampleRate: number): string {
  return (frames / sampleRate).toFixed(2);
}

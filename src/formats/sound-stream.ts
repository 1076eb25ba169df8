import type { Sound } from '../dsp/sound.ts';
import type { ByteReader } from './bytes.ts';
import type { ChannelOrder } from './downmix.ts';

/** Some decoded sound, of any length. */
export interface SoundBlock extends Sound {
  readonly channelOrder: ChannelOrder;
}

/** A compressed file, decoded once from front to back in bounded memory. */
export interface SoundStream {
  /** The rate that it begins with, Hz. */
  readonly sampleRate: number;
  /** Bits a sample of a lossless codec; null for the others. */
  readonly bitDepth: number | null;
  /**
   * The sound in order. To be walked once. Rate and channels may change from block to block: files are joined,
   * captured and concatenated. What was damaged is added to `warnings` on the way.
   */
  readonly blocks: AsyncIterable<SoundBlock>;
  readonly warnings: string[];
}

/** A codec: opens a file for one pass of decoding. */
export type StreamDecoder = (reader: ByteReader) => Promise<SoundStream>;

/**
 * A healthy file gives none; the MP3 package, given an error that stays, asks again for ever, and each time it
 * complains on the console.
 */
const MOST_COMPLAINTS = 1000;

/**
 * Runs one step of a WASM codec with the console's error channel caught: the packages report there whatever is
 * damaged, and only `cli` prints. All their work is done before the first `await`, so nobody else is muted.
 *
 * @returns null when the codec threw, aborted, or complained without end; it is unusable then
 */
export async function runCodec<T>(step: () => T | Promise<T>): Promise<T | null> {
  const report = console.error;
  let complaints = 0;
  console.error = () => {
    complaints++;
    if (complaints > MOST_COMPLAINTS) throw new Error('The codec complains without end.');
  };
  let running: T | Promise<T>;
  try {
    running = step();
  } catch {
    return null;
  } finally {
    console.error = report;
  }
  return Promise.resolve(running).catch(() => null);
}

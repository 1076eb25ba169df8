/**
 * Sound, the engine's one currency: planar, floating point, full scale ±1.
 * Nothing past `formats` is interleaved.
 */
import { FRESH, type Lender } from './rooms.ts';

export interface Sound {
  /** Frames per second. */
  readonly sampleRate: number;
  /** One array a channel, all of one length, at least one channel. */
  readonly channels: readonly Float32Array[];
}

/**
 * A long sound that is read by ranges, so that nobody holds a whole song.
 * `read` returns arrays that the caller may change: fresh ones, or those of its lender.
 */
export interface SoundReader {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Length in frames. */
  readonly frameCount: number;
  /**
   * @param start first frame, 0 ≤ start
   * @param count frames, start + count ≤ frameCount
   * @param lender of the arrays, for a caller that needs them for a moment alone; fresh ones may come all the same
   * @throws RangeError outside the sound
   */
  read(start: number, count: number, lender?: Lender): Promise<Sound>;
}

/** Length of a sound in frames. */
export function frameCount(sound: Sound): number {
  return sound.channels[0].length;
}

/** Channels of zeros. @param length frames */
export function silence(channelCount: number, length: number): Float32Array[] {
  return Array.from({ length: channelCount }, () => new Float32Array(length));
}

/** A sound of the same samples. @param lender of its arrays */
export function copyOf({ sampleRate, channels }: Sound, lender: Lender = FRESH): Sound {
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const copy = lender.floats(channel.length);
      copy.set(channel);
      return copy;
    }),
  };
}

/** A reader over a sound already in memory. */
export function soundReader(sound: Sound): SoundReader {
  const frames = frameCount(sound);
  return {
    sampleRate: sound.sampleRate,
    channelCount: sound.channels.length,
    frameCount: frames,
    async read(start, count, lender = FRESH) {
      assertRange(start, count, frames);
      const channels = sound.channels.map((channel) => channel.subarray(start, start + count));
      return copyOf({ sampleRate: sound.sampleRate, channels }, lender);
    },
  };
}

/** @throws RangeError unless [start, start+count) lies inside a sound of `frames` frames */
export function assertRange(start: number, count: number, frames: number): void {
  if (start < 0 || count < 0 || start + count > frames) {
    throw new RangeError(`Asked for frames ${start} to ${start + count} of a sound of ${frames} frames.`);
  }
}

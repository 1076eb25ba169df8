/**
 * Sound, the engine's one currency: planar, floating point, full scale ±1.
 * Nothing past `formats` is interleaved.
 */
export interface Sound {
  /** Frames per second. */
  readonly sampleRate: number;
  /** One array a channel, all of one length, at least one channel. */
  readonly channels: readonly Float32Array[];
}

/**
 * A long sound that is read by ranges, so that nobody holds a whole song.
 * `read` returns fresh arrays that the caller may change.
 */
export interface SoundReader {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Length in frames. */
  readonly frameCount: number;
  /**
   * @param start first frame, 0 ≤ start
   * @param count frames, start + count ≤ frameCount
   * @throws RangeError outside the sound
   */
  read(start: number, count: number): Promise<Sound>;
}

/** Length of a sound in frames. */
export function frameCount(sound: Sound): number {
  return sound.channels[0].length;
}

/** Channels of zeros. @param length frames */
export function silence(channelCount: number, length: number): Float32Array[] {
  return Array.from({ length: channelCount }, () => new Float32Array(length));
}

/** A reader over a sound already in memory. */
export function soundReader(sound: Sound): SoundReader {
  const frames = frameCount(sound);
  return {
    sampleRate: sound.sampleRate,
    channelCount: sound.channels.length,
    frameCount: frames,
    async read(start, count) {
      assertRange(start, count, frames);
      return {
        sampleRate: sound.sampleRate,
        channels: sound.channels.map((channel) => channel.slice(start, start + count)),
      };
    },
  };
}

/** @throws RangeError unless [start, start+count) lies inside a sound of `frames` frames */
export function assertRange(start: number, count: number, frames: number): void {
  if (start < 0 || count < 0 || start + count > frames) {
    throw new RangeError(`Asked for frames ${start} to ${start + count} of a sound of ${frames} frames.`);
  }
}

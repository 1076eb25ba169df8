import { withRoomsUntil } from '../dsp/rooms.ts';
import type { SoundReader } from '../dsp/sound.ts';

/** A stretch of source with what lies around it, so that every window that starts in it can be cut from it. */
export interface Block {
  /** Frame of the source at which the block begins: a multiple of the block length. */
  readonly start: number;
  /** Frames of the source in the block; less than the block length only at the end. */
  readonly length: number;
  /** `before` + block length + `after` frames a channel; source frame `start` is at index `before`. */
  readonly channels: readonly Float32Array[];
}

/**
 * Reads a source once, in order, and gives it as blocks that overlap by their surroundings.
 * Memory is one block, whatever the length of the source. The same arrays are used for each block.
 *
 * Beyond both ends lies the mean of the nearest samples (as many as are missing) instead of zeros: in a source with an offset,
 * zeros would make a step, which a spectrum shows as a click.
 */
export async function* slidingBlocks(
  reader: SoundReader,
  blockLength: number,
  before: number,
  after: number,
): AsyncGenerator<Block> {
  const { frameCount, channelCount } = reader;
  const kept = before + after;
  const size = kept + blockLength;
  const channels = Array.from({ length: channelCount }, () => new Float32Array(size));

  let next = 0;
  for (let start = 0; start < frameCount; start += blockLength) {
    if (start > 0) for (const channel of channels) channel.copyWithin(0, blockLength);
    // The buffer's first frame is source frame start - before; fill it up to its end.
    const fillFrom = next - (start - before);
    const count = Math.min(frameCount - next, size - fillFrom);
    if (count > 0) {
      await withRoomsUntil(async (rooms) => {
        const piece = await reader.read(next, count, rooms);
        for (let c = 0; c < channelCount; c++) channels[c].set(piece.channels[c], fillFrom);
      });
      next += count;
    }
    const end = fillFrom + Math.max(0, count);
    for (const channel of channels) {
      if (start === 0) channel.fill(mean(channel, before, Math.min(end, 2 * before)), 0, before);
      if (end < size) channel.fill(mean(channel, Math.max(0, end - after), end), end);
    }
    yield { start, length: Math.min(blockLength, frameCount - start), channels };
  }
}

function mean(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += samples[n];
  return to > from ? sum / (to - from) : 0;
}

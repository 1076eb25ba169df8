import { Rooms } from '../../dsp/rooms.ts';
import type { Sound, SoundReader } from '../../dsp/sound.ts';

/** A stretch of a source, frames. */
export interface FrameRange {
  readonly start: number;
  readonly length: number;
}

/** Ranges are read together as far as they fit in so many frames, 1.5 s at 44.1 kHz: half a megabyte of stereo. */
const BLOCK_FRAMES = 65_536;
/** And as long as no more frames than these lie unused between two: a read costs what decoding them does. */
const MOST_UNUSED = 4096;

/**
 * Reads many short ranges of a source in few reads.
 * @param ranges by where they begin; they may overlap
 * @returns each with its sound, which is a part of a block that the next range may share, or fill again: not to be changed, nor kept
 */
export async function* readRanges<Range extends FrameRange>(
  reader: SoundReader,
  ranges: readonly Range[],
): AsyncGenerator<readonly [Range, Sound], void, undefined> {
  let block: Sound | null = null;
  let blockStart = 0;
  let blockEnd = 0;
  const rooms = new Rooms();
  try {
    for (const [i, range] of ranges.entries()) {
      const { start, length } = range;
      if (block === null || start + length > blockEnd) {
        blockStart = start;
        blockEnd = endOfBlock(ranges, i);
        rooms.release();
        block = await reader.read(start, blockEnd - start, rooms);
      }
      const from = start - blockStart;
      const { sampleRate, channels } = block;
      yield [
        range,
        { sampleRate, channels: channels.map((channel) => channel.subarray(from, from + length)) },
      ];
    }
  } finally {
    rooms.release();
  }
}

/** Where the block ends that begins with a range. */
function endOfBlock(ranges: readonly FrameRange[], first: number): number {
  const { start, length } = ranges[first];
  let end = start + length;
  for (let i = first + 1; i < ranges.length; i++) {
    const reached = Math.max(end, ranges[i].start + ranges[i].length);
    if (ranges[i].start > end + MOST_UNUSED || reached > start + BLOCK_FRAMES) break;
    end = reached;
  }
  return end;
}

import { cutShort } from './pcm-layout.ts';
import type { SoundBlock } from './sound-stream.ts';

/** Frames that a codec may add at the end: two of AAC at twice its rate, or one of ALAC. */
const LONGEST_PADDING = 4096;

/**
 * Leaves out the padding behind the length that a file states. Sound that goes on for longer than any padding is kept
 * whole, and sound that ends before is said to be cut short.
 *
 * @param stated frames
 */
export async function* cutToStated(
  name: string,
  blocks: AsyncIterable<SoundBlock>,
  stated: number,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  let decoded = 0;
  let sampleRate = 1;
  const held: SoundBlock[] = [];
  for await (const block of blocks) {
    const length = block.channels[0].length;
    const isFree = decoded > stated + LONGEST_PADDING;
    const within = isFree ? length : Math.min(length, Math.max(0, stated - decoded));
    decoded += length;
    sampleRate = block.sampleRate;
    if (within > 0) yield part(block, 0, within);
    if (within < length) held.push(part(block, within, length));
    if (decoded > stated + LONGEST_PADDING) yield* held.splice(0);
  }
  if (decoded + LONGEST_PADDING < stated) warnings.push(cutShort(name, decoded, stated, sampleRate));
}

function part(block: SoundBlock, start: number, end: number): SoundBlock {
  return { ...block, channels: block.channels.map((channel) => channel.subarray(start, end)) };
}

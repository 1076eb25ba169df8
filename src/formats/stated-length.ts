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

/** What a container's clock and a codec's delay may leave open, seconds. */
const LENGTH_SLACK_SEC = 0.1;

/**
 * Says that a sound is cut short where it ends well before the length that its file states; changes nothing of it.
 *
 * @param statedSec as a container counts it, in hundredths or thousandths of a second
 */
export async function* heldToStated(
  name: string,
  blocks: AsyncIterable<SoundBlock>,
  statedSec: number,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  let decoded = 0;
  let sampleRate = 1;
  for await (const block of blocks) {
    decoded += block.channels[0].length;
    sampleRate = block.sampleRate;
    yield block;
  }
  if (decoded < (statedSec - LENGTH_SLACK_SEC) * sampleRate) {
    warnings.push(cutShort(name, decoded, Math.round(statedSec * sampleRate), sampleRate));
  }
}

function part(block: SoundBlock, start: number, end: number): SoundBlock {
  return { ...block, channels: block.channels.map((channel) => channel.subarray(start, end)) };
}

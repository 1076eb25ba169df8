import { resampler } from '../dsp/resample.ts';
import { silence } from '../dsp/sound.ts';
import { downmix, downmixMatrix } from './downmix.ts';
import type { SoundBlock } from './sound-stream.ts';

/**
 * Blocks of one sound, whatever rate and layout each of them has: more than two channels are folded to stereo, and
 * another rate is brought to the wanted one. A stretch of one rate and layout comes out as long as it is at that rate,
 * rounded up to a frame. What is mono stays so: a block has one channel or two.
 *
 * @param toRate Hz, a whole number
 * @param channelMask speaker bits of the layout, as in a WAV; 0 where unknown
 */
export async function* joinBlocks(
  blocks: AsyncIterable<SoundBlock>,
  toRate: number,
  channelMask: number,
): AsyncGenerator<Float32Array[]> {
  let stretch: Stretch | null = null;
  for await (const block of blocks) {
    const channels = folded(block, channelMask);
    if (stretch?.sampleRate !== block.sampleRate || stretch.channelCount !== channels.length) {
      if (stretch !== null) yield stretch.end();
      stretch = convertedStretch(block.sampleRate, toRate, channels.length);
    }
    yield stretch.add(channels);
  }
  if (stretch !== null) yield stretch.end();
}

function folded({ channels, channelOrder }: SoundBlock, channelMask: number): readonly Float32Array[] {
  if (channels.length <= 2) return channels;
  return downmix(channels, downmixMatrix(channels.length, channelOrder, channelMask));
}

/** Sound of one rate and layout, converted as it comes. */
interface Stretch {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Takes the next frames, and gives those that nothing later can change. */
  add(channels: readonly Float32Array[]): Float32Array[];
  /** The frames that are left. */
  end(): Float32Array[];
}

function convertedStretch(sampleRate: number, toRate: number, channelCount: number): Stretch {
  const nothing = () => silence(channelCount, 0);
  if (sampleRate === toRate) {
    return { sampleRate, channelCount, add: (channels) => [...channels], end: nothing };
  }
  const { reach, outputLength, inputRange, render } = resampler(sampleRate, toRate);
  /** What the next frame still reads, and the input frame that it begins with. */
  let input = nothing();
  let heldStart = 0;
  let done = 0;

  function renderUntil(end: number): Float32Array[] {
    const count = Math.max(0, end - done);
    const rendered = input.map((channel) => render(channel, heldStart, done, count));
    done += count;
    const passed = Math.max(0, inputRange(done, 1).start - heldStart);
    input = input.map((channel) => channel.slice(passed));
    heldStart += passed;
    return rendered;
  }

  return {
    sampleRate,
    channelCount,
    add(channels) {
      input = input.map((channel, index) => appended(channel, channels[index]));
      return renderUntil(outputLength(Math.max(0, heldStart + input[0].length - reach)));
    },
    end: () => renderUntil(outputLength(heldStart + input[0].length)),
  };
}

function appended(head: Float32Array, tail: Float32Array): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

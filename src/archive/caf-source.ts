import { assertRange } from '../dsp/sound.ts';
import { bFormatNotice } from '../formats/b-format.ts';
import type { CafFacts } from '../formats/caf.ts';
import type { ChannelOrder } from '../formats/downmix.ts';
import type { SoundBlock } from '../formats/sound-stream.ts';
import type { ForeignStream } from '../platform/platform.ts';
import type { DecodedStore } from './decoded-store.ts';

/**
 * A CAF's samples with the order of channels that the file states, which ffmpeg 5 only counts. A codec other than PCM gives them in an
 * order of its own, which it says.
 */
export function inStatedOrder(name: string, stream: ForeignStream, facts: CafFacts): ForeignStream {
  if (!stream.codec.startsWith('pcm_')) return stream;
  const channelOrder = facts.channelOrder ?? 'tracks';
  const notice = bFormatNotice(name, channelOrder, facts.channelCount);
  if (notice !== null) stream.warnings.push(notice);
  return { ...stream, channelMask: 0, blocks: reordered(stream.blocks, channelOrder) };
}

async function* reordered(
  blocks: ForeignStream['blocks'],
  channelOrder: ChannelOrder,
): AsyncGenerator<SoundBlock> {
  for await (const block of blocks) yield { ...block, channelOrder };
}

/**
 * Leaves out the delay and the padding of the codec, by the packets' table, which ffmpeg 5 takes for sound. A decoder that leaves out the
 * delay itself gives fewer frames than delay and sound have.
 */
export function withoutPacketPadding<Store extends DecodedStore>(store: Store, facts: CafFacts): Store {
  if (facts.valid === null) return store;
  const inFrames = (stated: number) => Math.round((stated * store.sampleRate) / facts.sampleRate);
  const frames = inFrames(facts.valid.frames);
  const priming = inFrames(facts.valid.priming);
  const start = store.frameCount >= priming + frames ? priming : 0;
  const frameCount = Math.min(frames, store.frameCount - start);
  return {
    ...store,
    frameCount,
    async read(from, count, lender) {
      assertRange(from, count, frameCount);
      return store.read(start + from, count, lender);
    },
  };
}

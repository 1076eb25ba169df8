import type { FLACDecoder } from '@wasm-audio-decoders/flac';
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { pow } from '../dsp/maths.ts';
import { silence } from '../dsp/sound.ts';
import type { FrameHeader } from './flac-frame-header.ts';
import type { FlacFrame } from './flac-frames.ts';
import type { FlacInfo } from './flac-info.ts';
import { runCodec } from './sound-stream.ts';

/** Samples rescaled at a time. */
const SAMPLES_PER_BLOCK = 65536;
const rescaled = new KernelWorkspace().floats(SAMPLES_PER_BLOCK);

interface DecodedFrames {
  readonly blocks: Float32Array[][];
  /** Samples a channel that could not be decoded and are silent. */
  readonly lostSamples: number;
}

/** libFLAC over frames; replaced by a fresh one whenever it stumbles, and where another stream begins. */
export async function frameDecoder(firstInfo: FlacInfo) {
  let info = firstInfo;
  let decoder = await freshDecoder(info);

  const free = () => runCodec(() => decoder.free());

  async function renew() {
    await free();
    decoder = await freshDecoder(info);
  }

  async function decodeWhole(frames: readonly FlacFrame[]): Promise<Float32Array[] | null> {
    const { channelCount, bitDepth } = frames[0].header;
    const wanted = frames.reduce((sum, frame) => sum + frame.header.blockSize, 0);
    const decoded = await runCodec(() => decoder.decodeFrames(frames.map((frame) => frame.data)));
    if (decoded?.samplesDecoded !== wanted || decoded.channelData.length !== channelCount) return null;
    for (const channel of decoded.channelData) restoreScale(channel, bitDepth);
    return decoded.channelData;
  }

  return {
    /** @param frames of one stream and one format, one or more */
    async decode(frames: readonly FlacFrame[]): Promise<DecodedFrames> {
      if (frames[0].info !== info) {
        info = frames[0].info;
        await renew();
      }
      const whole = await decodeWhole(frames);
      if (whole !== null) return { blocks: [whole], lostSamples: 0 };
      const { channelCount } = frames[0].header;
      const blocks: Float32Array[][] = [];
      let lostSamples = 0;
      await renew();
      for (const frame of frames) {
        const block = await decodeWhole([frame]);
        if (block === null) {
          lostSamples += frame.header.blockSize;
          await renew();
        }
        blocks.push(block ?? silence(channelCount, frame.header.blockSize));
      }
      return { blocks, lostSamples };
    },
    free,
  };
}

/** Whether libFLAC finds one whole frame in some bytes, and nothing wrong with it. */
export async function isSoundFrame(
  data: Uint8Array,
  { blockSize, channelCount }: FrameHeader,
  info: FlacInfo,
): Promise<boolean> {
  const decoder = await freshDecoder(info);
  const decoded = await runCodec(() => decoder.decodeFrames([data]));
  await runCodec(() => decoder.free());
  if (decoded === null || decoded.errors.length > 0) return false;
  return decoded.samplesDecoded === blockSize && decoded.channelData.length === channelCount;
}

async function freshDecoder(info: FlacInfo): Promise<FLACDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  await runCodec(() => decoder.decodeFrames([info.header]));
  return decoder;
}

/**
 * The package divides integers by 2^(b-1)-1; by 2^(b-1) is wanted, as everywhere. Up to 24 bits float32 still tells
 * all integers apart, so rounding brings them back exactly.
 */
function restoreScale(samples: Float32Array, bitDepth: number): void {
  if (bitDepth > 24) return;
  const half = pow(2, bitDepth - 1);
  for (let start = 0; start < samples.length; start += SAMPLES_PER_BLOCK) {
    const block = samples.subarray(start, start + SAMPLES_PER_BLOCK);
    rescaled.set(block);
    kernels.rescale(rescaled, block.length, half - 1, 1 / half);
    block.set(rescaled.subarray(0, block.length));
  }
}

import type { FLACDecoder } from '@wasm-audio-decoders/flac';
import { FREE, kernels, memory } from '../dsp/kernels.ts';
import { pow } from '../dsp/maths.ts';
import { MalformedFileError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import {
  type FlacFrame,
  type FlacInfo,
  flacFrames,
  parseFrameHeader,
  parseStreamHeader,
  readFlacInfo,
  STREAM_HEADER_LENGTH,
} from './flac-frames.ts';
import { firstOggPacket, oggPages } from './ogg.ts';
import { assertPlausible, cutShort } from './pcm-layout.ts';
import { runCodec, type SoundStream } from './sound-stream.ts';

/** Frames decoded in one call: about a second of sound at 4096 samples a frame. */
const FRAMES_PER_BATCH = 10;

/** Samples rescaled at a time. */
const SAMPLES_PER_BLOCK = 65536;

/**
 * Opens a FLAC file. Reading is exact to the bit up to 24 bits a sample (32 bits are rounded to float32).
 * A damaged frame is heard as silence of its length; what follows keeps its place.
 *
 * @throws MalformedFileError without a stream header
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export async function openFlac(reader: ByteReader): Promise<SoundStream> {
  const info = await readFlacInfo(reader);
  return streamOf(reader, info, flacFrames(reader, info));
}

/** Where `fLaC` stands in the first packet of Ogg FLAC (RFC 9639 §10.1). */
const OGG_STREAM_HEADER = 9;

/**
 * Opens FLAC in Ogg: every packet behind the headers is a frame. Exact as above.
 *
 * @throws MalformedFileError without a stream header
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export async function openOggFlac(reader: ByteReader): Promise<SoundStream> {
  const packet = await firstOggPacket(reader);
  const head = packet.subarray(OGG_STREAM_HEADER, OGG_STREAM_HEADER + STREAM_HEADER_LENGTH);
  const info = parseStreamHeader(reader.name, head);
  return streamOf(reader, info, oggFrames(reader, info));
}

async function* oggFrames(reader: ByteReader, info: FlacInfo): AsyncGenerator<FlacFrame> {
  for await (const { packets } of oggPages(reader, { damaged: 0, ended: false })) {
    for (const data of packets) {
      const header = parseFrameHeader(data, 0, info);
      if (header !== null) yield { data, ...header };
    }
  }
}

function streamOf(reader: ByteReader, info: FlacInfo, frames: AsyncIterable<FlacFrame>): SoundStream {
  assertPlausible(reader.name, info.sampleRate, info.channelCount);
  const warnings: string[] = [];
  return {
    sampleRate: info.sampleRate,
    channelCount: info.channelCount,
    channelOrder: 'wav',
    bitDepth: info.bitDepth,
    warnings,
    blocks: decodeFrames(reader.name, info, frames, warnings),
  };
}

/**
 * Walks the frames, puts silence where some are missing, and says at the end what was lost.
 */
async function* decodeFrames(
  name: string,
  info: FlacInfo,
  frames: AsyncIterable<FlacFrame>,
  warnings: string[],
): AsyncGenerator<Float32Array[]> {
  const decoder = await frameDecoder(info);
  let position = 0;
  let lost = 0;
  try {
    for await (const batch of contiguousBatches(frames)) {
      const gap = batch[0].startSample - position;
      if (gap > 0) yield silentBlock(info.channelCount, gap);
      lost += gap;
      const { blocks, lostSamples } = await decoder.decode(batch);
      yield* blocks;
      lost += lostSamples;
      const last = batch[batch.length - 1];
      position = last.startSample + last.blockSize;
    }
  } finally {
    await decoder.free();
  }
  if (position === lost) {
    throw new MalformedFileError(`“${name}” is a FLAC without one sound frame; copy or export it again.`);
  }
  if (lost > 0) warnings.push(`“${name}” is damaged: ${seconds(lost, info)} s of it are read as silence.`);
  if (position < info.totalSamples) {
    warnings.push(cutShort(name, position, info.totalSamples, info.sampleRate));
  }
}

/** Frames that follow one another without a hole, up to FRAMES_PER_BATCH of them at a time. */
async function* contiguousBatches(frames: AsyncIterable<FlacFrame>): AsyncGenerator<FlacFrame[]> {
  let batch: FlacFrame[] = [];
  let end = 0;
  for await (const frame of frames) {
    // A frame that was there before: the framer lost its place, and time does not run back.
    if (frame.startSample < end) continue;
    if (batch.length === FRAMES_PER_BATCH || (batch.length > 0 && frame.startSample !== end)) {
      yield batch;
      batch = [];
    }
    batch.push(frame);
    end = frame.startSample + frame.blockSize;
  }
  if (batch.length > 0) yield batch;
}

interface DecodedFrames {
  readonly blocks: Float32Array[][];
  /** Samples a channel that could not be decoded and are silent. */
  readonly lostSamples: number;
}

/** libFLAC over frames; replaced by a fresh one whenever it stumbles. */
async function frameDecoder(info: FlacInfo) {
  let decoder = await freshDecoder(info);

  const free = () => runCodec(() => decoder.free());

  async function decodeWhole(frames: readonly FlacFrame[]): Promise<Float32Array[] | null> {
    const wanted = frames.reduce((sum, frame) => sum + frame.blockSize, 0);
    const decoded = await runCodec(() => decoder.decodeFrames(frames.map((frame) => frame.data)));
    if (decoded?.samplesDecoded !== wanted || decoded.channelData.length !== info.channelCount) return null;
    for (const channel of decoded.channelData) restoreScale(channel, info.bitDepth);
    return decoded.channelData;
  }

  return {
    async decode(frames: readonly FlacFrame[]): Promise<DecodedFrames> {
      const whole = await decodeWhole(frames);
      if (whole !== null) return { blocks: [whole], lostSamples: 0 };
      const blocks: Float32Array[][] = [];
      let lostSamples = 0;
      for (const frame of frames) {
        await free();
        decoder = await freshDecoder(info);
        const block = await decodeWhole([frame]);
        if (block === null) lostSamples += frame.blockSize;
        blocks.push(block ?? silentBlock(info.channelCount, frame.blockSize));
      }
      return { blocks, lostSamples };
    },
    free,
  };
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
    memory.floats.set(block, FREE >> 2);
    kernels.rescale(FREE, block.length, half - 1, 1 / half);
    block.set(memory.floats.subarray(FREE >> 2, (FREE >> 2) + block.length));
  }
}

function silentBlock(channelCount: number, length: number): Float32Array[] {
  return Array.from({ length: channelCount }, () => new Float32Array(length));
}

function seconds(samples: number, info: FlacInfo): string {
  return (samples / info.sampleRate).toFixed(2);
}

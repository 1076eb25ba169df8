import { silence } from '../dsp/sound.ts';
import { MalformedFileError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import { frameDecoder, isSoundFrame } from './flac-decoder.ts';
import { LONGEST_HEADER, parseFrameHeader, sameFormat } from './flac-frame-header.ts';
import { type FlacEnding, type FlacFrame, flacFrames } from './flac-frames.ts';
import { type FlacFileInfo, type FlacInfo, readFlacInfo } from './flac-info.ts';
import { flacLosses } from './flac-losses.ts';
import { assertPlausible } from './pcm-layout.ts';
import type { SoundBlock, SoundStream } from './sound-stream.ts';

/** Frames decoded in one call: about a second of sound at 4096 samples a frame. */
const FRAMES_PER_BATCH = 10;

/**
 * Opens a FLAC file. Reading is exact to the bit up to 24 bits a sample (32 bits are rounded to float32).
 * A damaged frame is heard as silence of its length; what follows keeps its place. Files that were cut or joined
 * without being encoded again are read as they are, one part after the other.
 *
 * @throws MalformedFileError without a stream header
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export async function openFlac(reader: ByteReader): Promise<SoundStream> {
  const info = await readFirstInfo(reader);
  const ending: FlacEnding = { brokenSec: 0 };
  return flacStream(reader.name, info, flacFrames(reader, info, isSoundFrame, ending), ending);
}

/** STREAMINFO, but rate, channels and depth are those of the first frame, where it is whole. */
async function readFirstInfo(reader: ByteReader): Promise<FlacFileInfo> {
  const info = await readFlacInfo(reader);
  const first = parseFrameHeader(await reader.read(info.framesOffset, LONGEST_HEADER), 0, info);
  if (first === null) return info;
  const { sampleRate, channelCount, bitDepth } = first;
  return { ...info, sampleRate, channelCount, bitDepth };
}

/**
 * The stream that the frames of a file make, whatever they were cut out of.
 * @param ending known once the frames are
 */
export function flacStream(
  name: string,
  info: FlacInfo,
  frames: AsyncIterable<FlacFrame>,
  ending: FlacEnding = { brokenSec: 0 },
): SoundStream {
  assertPlausible(name, info.sampleRate, info.channelCount);
  const warnings: string[] = [];
  return {
    sampleRate: info.sampleRate,
    bitDepth: info.bitDepth,
    warnings,
    blocks: decodeFlac(name, info, frames, ending, warnings),
  };
}

/** Walks the frames, puts silence where some are missing, and says at the end what was lost. */
async function* decodeFlac(
  name: string,
  info: FlacInfo,
  frames: AsyncIterable<FlacFrame>,
  ending: FlacEnding,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  const decoder = await frameDecoder(info);
  const losses = flacLosses();
  try {
    for await (const batch of contiguousBatches(frames)) {
      const { header, lostBefore } = batch[0];
      const { sampleRate, channelCount } = header;
      losses.note(batch);
      const { blocks, lostSamples } = await decoder.decode(batch);
      losses.noteDamaged(lostSamples, sampleRate);
      if (lostBefore) blocks.unshift(silence(channelCount, lostBefore));
      for (const channels of blocks) yield { sampleRate, channels, channelOrder: 'wav' };
    }
  } finally {
    await decoder.free();
  }
  if (losses.soundSamples === 0) {
    throw new MalformedFileError(`“${name}” is a FLAC without one sound frame; copy or export it again.`);
  }
  warnings.push(...losses.sentences(name, ending));
}

/** Frames of one stream and format that follow one another without a hole, up to FRAMES_PER_BATCH of them at a time. */
async function* contiguousBatches(frames: AsyncIterable<FlacFrame>): AsyncGenerator<FlacFrame[]> {
  let batch: FlacFrame[] = [];
  for await (const frame of frames) {
    if (batch.length === FRAMES_PER_BATCH || (batch.length > 0 && !continues(frame, batch[0]))) {
      yield batch;
      batch = [];
    }
    batch.push(frame);
  }
  if (batch.length > 0) yield batch;
}

function continues(next: FlacFrame, first: FlacFrame): boolean {
  return next.lostBefore === 0 && next.info === first.info && sameFormat(next.header, first.header);
}

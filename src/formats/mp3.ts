import type { MPEGDecoder } from 'mpg123-decoder';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import { LONGEST_FRAME, parseFrameHeader } from './mp3-header.ts';
import { type Mp3Piece, mp3Pieces } from './mp3-pieces.ts';
import { findMp3Start } from './mp3-start.ts';
import { assertPlausible, cutShort } from './pcm-layout.ts';
import { runCodec, type SoundBlock, type SoundStream } from './sound-stream.ts';
import { startOfEndTags } from './tags.ts';

/** Delay and padding an encoder adds and the decoder leaves out, samples: up to 12 bits each in the LAME tag. */
const LONGEST_PADDING = 2 * 4095;

/**
 * Opens an MP3. Gapless: the encoder's delay and padding (LAME tag) are left out, so the length is that of the
 * original to the sample; without the tag they stay, as nothing tells them apart from sound. Files that were joined
 * are read to the last, each by its own tag.
 *
 * @throws MalformedFileError without two frames that follow each other
 * @throws UnsupportedFormatError for frames of free format
 */
export async function openMp3(reader: ByteReader): Promise<SoundStream> {
  const { name } = reader;
  const start = await findMp3Start(reader);
  if (start === null) throw new MalformedFileError(`“${name}” has no MP3 frames; copy or export it again.`);
  if (start.isFreeFormat) {
    // The package takes bytes between the frames of such a file for frames.
    throw new UnsupportedFormatError(
      `“${name}” is an MP3 in free format, with a bit rate of its own, which cannot be read; decode it to WAV with lame or mpg123.`,
      { context: { name } },
    );
  }
  const first = parseFrameHeader(await reader.read(start.offset, LONGEST_FRAME), 0);
  if (first === null) throw new MalformedFileError(`“${name}” was changed while it was read; try again.`);
  assertPlausible(name, first.sampleRate, first.channelCount);
  const warnings: string[] = [];
  const pieces = mp3Pieces(reader, start.offset, await startOfEndTags(reader));
  return {
    sampleRate: first.sampleRate,
    bitDepth: null,
    warnings,
    blocks: decode(name, pieces, warnings),
  };
}

async function* decode(
  name: string,
  pieces: AsyncIterable<Mp3Piece>,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  let decoder = await freshDecoder();
  let encoding: Encoding | null = null;
  const encodings: Encoding[] = [];
  let damaged = 0;
  const replaceDecoder = async () => {
    const worn = decoder;
    await runCodec(() => worn.free());
    decoder = await freshDecoder();
  };
  try {
    for await (const { bytes, isStart, sampleRate, channelCount, statedSamples } of pieces) {
      if (isStart || encoding === null) {
        // A decoder heeds the note that it begins with, and takes those after it for silence.
        if (encoding !== null) await replaceDecoder();
        encoding = { sampleRate, statedSamples, decodedSamples: 0 };
        encodings.push(encoding);
      }
      const codec = decoder;
      const decoded = await runCodec(() => codec.decode(bytes));
      if (decoded === null || decoded.errors.length > 0) damaged++;
      if (decoded === null) await replaceDecoder();
      if (decoded === null || decoded.samplesDecoded === 0) continue;
      encoding.decodedSamples += decoded.samplesDecoded;
      // The package gives two channels always, alike where the file has one.
      yield { sampleRate, channels: decoded.channelData.slice(0, channelCount), channelOrder: 'wav' };
    }
  } finally {
    const last = decoder;
    await runCodec(() => last.free());
  }
  warnings.push(...complaints(name, encodings, damaged));
}

/** What one encoder wrote; a file may be joined of several. */
interface Encoding {
  readonly sampleRate: number;
  readonly statedSamples: number;
  decodedSamples: number;
}

/** @throws MalformedFileError when nothing at all could be decoded */
function complaints(name: string, encodings: readonly Encoding[], damaged: number): string[] {
  const sounding = encodings.filter((encoding) => encoding.decodedSamples > 0);
  if (sounding.length === 0) {
    throw new MalformedFileError(`“${name}” is an MP3 without one sound frame; copy or export it again.`);
  }
  if (damaged > 0) {
    const places = damaged === 1 ? 'one place' : `${damaged} places`;
    return [`“${name}” is damaged in ${places}; parts of it may be missing.`];
  }
  const isShort = ({ decodedSamples, statedSamples }: Encoding) =>
    decodedSamples + LONGEST_PADDING < statedSamples;
  if (!sounding.some(isShort)) return [];
  const seconds = (samples: (encoding: Encoding) => number) =>
    sounding.reduce((sum, encoding) => sum + samples(encoding) / encoding.sampleRate, 0);
  const decoded = seconds(({ decodedSamples }) => decodedSamples);
  const claimed = seconds((each) => (isShort(each) ? each.statedSamples : each.decodedSamples));
  return [cutShort(name, decoded, claimed, 1)];
}

async function freshDecoder(): Promise<MPEGDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return decoder;
}

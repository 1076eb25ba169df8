import type { MPEGDecoder } from 'mpg123-decoder';
import { MalformedFileError } from '../errors.ts';
import { type ByteReader, pieces } from './bytes.ts';
import { id3Length } from './identify.ts';
import { findMp3Frame, type Mp3Frame } from './mp3-frame.ts';
import { assertPlausible, cutShort } from './pcm-layout.ts';
import { runCodec, type SoundBlock, type SoundStream } from './sound-stream.ts';

/** Bytes a step: what is lost at most when the codec has to be replaced, half a second at 256 kbit/s. */
const PIECE_LENGTH = 16 * 1024;

/** Delay and padding an encoder adds and the decoder leaves out, samples: up to 12 bits each in the LAME tag. */
const LONGEST_PADDING = 2 * 4095;

/**
 * Opens an MP3. Gapless: the encoder's delay and padding (LAME tag) are left out, so the length is that of the
 * original to the sample; without the tag they stay, as nothing tells them apart from sound.
 * Where the rate changes on the way, the sound ends.
 *
 * @throws MalformedFileError without two frames that follow each other
 */
export async function openMp3(reader: ByteReader): Promise<SoundStream> {
  const first = await findMp3Frame(reader, id3Length(await reader.read(0, 10)));
  if (first === null) {
    throw new MalformedFileError(`“${reader.name}” has no MP3 frames; copy or export it again.`);
  }
  assertPlausible(reader.name, first.sampleRate, first.channelCount);
  const warnings: string[] = [];
  return {
    sampleRate: first.sampleRate,
    bitDepth: null,
    warnings,
    blocks: decode(reader, first, warnings),
  };
}

async function* decode(
  reader: ByteReader,
  { offset, sampleRate, channelCount, statedSamples }: Mp3Frame,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  let decoder = await freshDecoder();
  let damaged = 0;
  let frames = 0;
  try {
    for await (const piece of pieces(reader, offset, PIECE_LENGTH)) {
      const codec = decoder;
      const decoded = await runCodec(() => codec.decode(piece));
      if (decoded === null) {
        damaged++;
        await runCodec(() => codec.free());
        decoder = await freshDecoder();
        continue;
      }
      if (decoded.errors.length > 0) damaged++;
      if (decoded.samplesDecoded === 0) continue;
      if (decoded.sampleRate !== sampleRate) {
        warnings.push(
          `“${reader.name}” changes its sample rate after ${(frames / sampleRate).toFixed(2)} s; it is read up to there.`,
        );
        break;
      }
      frames += decoded.samplesDecoded;
      // The package gives two channels always, alike where the file has one.
      yield { sampleRate, channels: decoded.channelData.slice(0, channelCount), channelOrder: 'wav' };
    }
  } finally {
    await runCodec(() => decoder.free());
  }
  if (frames === 0) {
    throw new MalformedFileError(
      `“${reader.name}” is an MP3 without one sound frame; copy or export it again.`,
    );
  }
  if (damaged > 0) {
    warnings.push(
      `“${reader.name}” is damaged in ${damaged === 1 ? 'one place' : `${damaged} places`}; parts of it may be missing.`,
    );
  } else if (frames + LONGEST_PADDING < statedSamples) {
    warnings.push(cutShort(reader.name, frames, statedSamples, sampleRate));
  }
}

async function freshDecoder(): Promise<MPEGDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return decoder;
}

import { MalformedFileError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import { decodeOgg, firstOggPacket } from './ogg.ts';
import { assertPlausible } from './pcm-layout.ts';
import type { SoundStream } from './sound-stream.ts';

/** Opus always decodes to this rate, Hz; the header's is only that of the original (RFC 7845 §5.1). */
const OPUS_RATE = 48000;

/**
 * Opens an Ogg Opus file: pre-skip left out, length exact by the last page's granule position.
 * @throws MalformedFileError without an identification header (RFC 7845 §5.1)
 */
export async function openOpus(reader: ByteReader): Promise<SoundStream> {
  const packet = await firstOggPacket(reader);
  if (packet.length < 19) {
    throw new MalformedFileError(`“${reader.name}” has an Opus header that is cut off; copy it again.`);
  }
  const channelCount = packet[9];
  assertPlausible(reader.name, OPUS_RATE, channelCount);
  const { OggOpusDecoder } = await import('ogg-opus-decoder');
  const warnings: string[] = [];
  return {
    sampleRate: OPUS_RATE,
    channelCount,
    channelOrder: 'vorbis',
    bitDepth: null,
    warnings,
    blocks: decodeOgg(reader, new OggOpusDecoder(), OPUS_RATE, channelCount, warnings),
  };
}

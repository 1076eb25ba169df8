import { MalformedFileError } from '../errors.ts';
import { type ByteReader, dataView } from './bytes.ts';
import { decodeOgg, firstOggPacket } from './ogg.ts';
import { assertPlausible } from './pcm-layout.ts';
import type { SoundStream } from './sound-stream.ts';

/**
 * Opens an Ogg Vorbis file; its length is exact, by the last page's granule position.
 * @throws MalformedFileError without an identification header (Vorbis I §4.2.2)
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export async function openVorbis(reader: ByteReader): Promise<SoundStream> {
  const packet = await firstOggPacket(reader);
  if (packet.length < 16) {
    throw new MalformedFileError(`“${reader.name}” has a Vorbis header that is cut off; copy it again.`);
  }
  const channelCount = packet[11];
  const sampleRate = dataView(packet).getUint32(12, true);
  assertPlausible(reader.name, sampleRate, channelCount);
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const warnings: string[] = [];
  return {
    sampleRate,
    channelCount,
    channelOrder: 'vorbis',
    bitDepth: null,
    warnings,
    blocks: decodeOgg(reader, new OggVorbisDecoder(), sampleRate, channelCount, warnings),
  };
}

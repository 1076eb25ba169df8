import type { ByteReader } from './bytes.ts';
import { flacStream } from './flac.ts';
import { type FrameHeader, parseFrameHeader, samplesBetween } from './flac-frame-header.ts';
import type { FlacFrame } from './flac-frames.ts';
import { type FlacInfo, parseStreamHeader, STREAM_HEADER_LENGTH } from './flac-info.ts';
import { firstOggPacket, oggPages } from './ogg.ts';
import type { SoundStream } from './sound-stream.ts';

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
  return flacStream(reader, info, oggFrames(reader, info));
}

async function* oggFrames(reader: ByteReader, info: FlacInfo): AsyncGenerator<FlacFrame> {
  let last: FrameHeader | null = null;
  for await (const { packets } of oggPages(reader, { damaged: 0, ended: false })) {
    for (const data of packets) {
      const header = parseFrameHeader(data, 0, info);
      if (header === null) continue;
      yield { header, data, info, lostBefore: samplesBetween(last, header, info) ?? 0 };
      last = header;
    }
  }
}

import { flacStream } from './flac.ts';
import { type FrameHeader, parseFrameHeader, samplesBetween } from './flac-frame-header.ts';
import type { FlacFrame } from './flac-frames.ts';
import { type FlacInfo, parseStreamHeader, STREAM_HEADER_LENGTH } from './flac-info.ts';
import type { OggLink } from './ogg-links.ts';
import type { SoundStream } from './sound-stream.ts';

/** Where `fLaC` stands in the first packet (RFC 9639 §10.1). */
const STREAM_HEADER = 9;

/**
 * Opens a link of FLAC in Ogg: every packet behind the headers is a frame. Exact as FLAC is.
 *
 * @param name of the file
 * @throws MalformedFileError without a stream header
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export function openOggFlac(name: string, link: OggLink): SoundStream {
  const info = parseStreamHeader(
    name,
    link.head.subarray(STREAM_HEADER, STREAM_HEADER + STREAM_HEADER_LENGTH),
  );
  return flacStream(name, info, oggFrames(link, info));
}

async function* oggFrames(link: OggLink, info: FlacInfo): AsyncGenerator<FlacFrame> {
  let last: FrameHeader | null = null;
  for await (const { packets } of link.pages) {
    for (const data of packets) {
      const header = parseFrameHeader(data, 0, info);
      if (header === null) continue;
      yield { header, data, info, lostBefore: samplesBetween(last, header, info) ?? 0 };
      last = header;
    }
  }
}

import { MalformedFileError } from '../errors.ts';
import { type ByteReader, dataView } from './bytes.ts';
import { decodePages, firstOggPacket, type PacketDecoder } from './ogg.ts';
import { assertPlausible } from './pcm-layout.ts';
import { runCodec, type SoundBlock, type SoundStream } from './sound-stream.ts';

type VorbisPages = Parameters<
  import('@wasm-audio-decoders/ogg-vorbis').OggVorbisDecoder['decodeOggPages']
>[0];

/**
 * Opens an Ogg Vorbis file; its length is exact, by the last page's clock.
 * @throws MalformedFileError without an identification header (Vorbis I §4.2.2)
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export async function openVorbis(reader: ByteReader): Promise<SoundStream> {
  const packet = await firstOggPacket(reader);
  if (packet.length < 30) {
    throw new MalformedFileError(`“${reader.name}” has a Vorbis header that is cut off; copy it again.`);
  }
  const channelCount = packet[11];
  const sampleRate = dataView(packet).getUint32(12, true);
  assertPlausible(reader.name, sampleRate, channelCount);
  const warnings: string[] = [];
  return {
    sampleRate,
    bitDepth: null,
    warnings,
    blocks: decodeVorbis(reader, sampleRate, channelCount, warnings),
  };
}

async function* decodeVorbis(
  reader: ByteReader,
  sampleRate: number,
  channelCount: number,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  /** Identification, comment and set-up come first; sound follows. */
  const headers: Uint8Array[] = [];

  const decode: PacketDecoder = async (packets) => {
    const audio = packets.slice(Math.max(0, 3 - headers.length));
    if (headers.length < 3) {
      headers.push(...packets.slice(0, 3 - headers.length));
      if (headers.length === 3) await runCodec(() => decoder.decodeOggPages(setUpPages(headers)));
    }
    if (audio.length === 0) return emptyBlock(channelCount);
    const decoded = await runCodec(() => decoder.decodeOggPages(soundPages(audio)));
    return decoded?.channelData.length === channelCount ? decoded.channelData : null;
  };
  try {
    yield* decodePages(reader, decode, 0, 0, sampleRate, warnings);
  } finally {
    await runCodec(() => decoder.free());
  }
}

function emptyBlock(channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, () => new Float32Array(0));
}

/** The package takes pages as its own parser cuts them; these hold what it looks at, and no more. */
function setUpPages([identification, , setUp]: readonly Uint8Array[]): VorbisPages {
  const frame = { header: { vorbisSetup: setUp }, data: new Uint8Array(0) };
  return [
    { data: identification, codecFrames: [] },
    { data: new Uint8Array(1), codecFrames: [frame] },
  ] as unknown as VorbisPages;
}

function soundPages(packets: readonly Uint8Array[]): VorbisPages {
  return [
    { data: new Uint8Array(1), codecFrames: packets.map((data) => ({ data })), isLastPage: false },
  ] as unknown as VorbisPages;
}

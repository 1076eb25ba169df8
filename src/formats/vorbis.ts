import { silence } from '../dsp/sound.ts';
import { MalformedFileError } from '../errors.ts';
import { dataView } from './bytes.ts';
import { withOwnMaths } from './codec-maths.ts';
import { decodeLink, type PacketDecoder } from './ogg-clock.ts';
import type { OggLink } from './ogg-links.ts';
import { assertPlausible } from './pcm-layout.ts';
import { runCodec, type SoundBlock, type SoundStream } from './sound-stream.ts';

type VorbisPages = Parameters<
  import('@wasm-audio-decoders/ogg-vorbis').OggVorbisDecoder['decodeOggPages']
>[0];

/** The first byte of a packet (Vorbis I §4.2.1): odd in headers, even in sound. */
const HEADER_BIT = 1;
const SET_UP = 5;

/**
 * Opens a link of Ogg Vorbis; its length is exact, by the last page's clock.
 * @param name of the file
 * @throws MalformedFileError without an identification header (Vorbis I §4.2.2)
 * @throws UnsupportedFormatError for a rate outside 8–192 kHz
 */
export function openVorbis(name: string, link: OggLink): SoundStream {
  const { head } = link;
  if (head.length < 30) {
    throw new MalformedFileError(`“${name}” has a Vorbis header that is cut off; copy it again.`);
  }
  const channelCount = head[11];
  const sampleRate = dataView(head).getUint32(12, true);
  assertPlausible(name, sampleRate, channelCount);
  return { sampleRate, bitDepth: null, warnings: [], blocks: decodeVorbis(link, sampleRate, channelCount) };
}

async function* decodeVorbis(
  link: OggLink,
  sampleRate: number,
  channelCount: number,
): AsyncGenerator<SoundBlock> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const decoder = withOwnMaths(() => new OggVorbisDecoder());
  await decoder.ready;

  const decode: PacketDecoder = async (packets) => {
    const setUp = packets.find(([kind]) => kind === SET_UP);
    if (setUp !== undefined) await runCodec(() => decoder.decodeOggPages(setUpPages(link.head, setUp)));
    const sound = packets.filter(([kind]) => (kind & HEADER_BIT) === 0);
    if (sound.length === 0) return silence(channelCount, 0);
    const decoded = await runCodec(() => decoder.decodeOggPages(soundPages(sound)));
    return decoded?.channelData.length === channelCount ? decoded.channelData : null;
  };
  try {
    for await (const channels of decodeLink(link, decode, 0)) {
      yield { sampleRate, channels, channelOrder: 'vorbis' };
    }
  } finally {
    await runCodec(() => decoder.free());
  }
}

/** The package takes pages as its own parser cuts them; these hold what it looks at, and no more. */
function setUpPages(identification: Uint8Array, setUp: Uint8Array): VorbisPages {
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

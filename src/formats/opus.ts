import { dbToAmplitude } from '../dsp/levels.ts';
import { silence } from '../dsp/sound.ts';
import { MalformedFileError } from '../errors.ts';
import { ascii, dataView } from './bytes.ts';
import { withOwnMaths } from './codec-maths.ts';
import { decodeLink, type PacketDecoder } from './ogg-clock.ts';
import type { OggLink } from './ogg-links.ts';
import { assertPlausible } from './pcm-layout.ts';
import { runCodec, type SoundBlock, type SoundStream } from './sound-stream.ts';

/** Opus always decodes to this rate, Hz; the header's is only that of the original (RFC 7845 §5.1). */
const OPUS_RATE = 48000;

/** OpusHead (RFC 7845 §5.1). */
interface OpusHead {
  readonly channelCount: number;
  /** Frames at the start that are not sound. */
  readonly preSkip: number;
  /** Factor that the encoder wants on the output. */
  readonly gain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly mapping: number[];
}

/**
 * Opens a link of Ogg Opus: pre-skip left out, the header's gain applied, length exact by the last page's clock.
 * @param name of the file
 * @throws MalformedFileError without a usable identification header
 */
export function openOpus(name: string, link: OggLink): SoundStream {
  const head = parseHead(name, link.head);
  return { sampleRate: OPUS_RATE, bitDepth: null, warnings: [], blocks: decodeOpus(link, head) };
}

function parseHead(name: string, packet: Uint8Array): OpusHead {
  if (packet.length < 19) {
    throw new MalformedFileError(`“${name}” has an Opus header that is cut off; copy it again.`);
  }
  const view = dataView(packet);
  const channelCount = packet[9];
  assertPlausible(name, OPUS_RATE, channelCount);
  const plain = packet[18] === 0;
  const streamCount = plain ? 1 : packet[19];
  const coupledStreamCount = plain ? channelCount - 1 : packet[20];
  const mapping = plain
    ? Array.from({ length: channelCount }, (_, index) => index)
    : [...packet.subarray(21, 21 + channelCount)];
  const codedChannels = streamCount + coupledStreamCount;
  const sound =
    streamCount > 0 &&
    coupledStreamCount <= streamCount &&
    codedChannels <= 255 &&
    mapping.length === channelCount &&
    mapping.every((coded) => coded < codedChannels || coded === 255);
  if (!sound) {
    throw new MalformedFileError(`“${name}” has an Opus header that contradicts itself; copy it again.`);
  }
  return {
    channelCount,
    preSkip: view.getUint16(10, true),
    gain: dbToAmplitude(view.getInt16(16, true) / 256),
    streamCount,
    coupledStreamCount,
    mapping,
  };
}

async function* decodeOpus(link: OggLink, head: OpusHead): AsyncGenerator<SoundBlock> {
  const { OpusDecoder } = await import('opus-decoder');
  const decoder = withOwnMaths(
    () =>
      new OpusDecoder({
        channels: head.channelCount,
        streamCount: head.streamCount,
        coupledStreamCount: head.coupledStreamCount,
        channelMappingTable: head.mapping,
        preSkip: head.preSkip,
      }),
  );
  await decoder.ready;
  const decode: PacketDecoder = async (packets) => {
    const sound = packets.filter((packet) => !isHeader(packet));
    if (sound.length === 0) return silence(head.channelCount, 0);
    const decoded = await runCodec(() => decoder.decodeFrames(sound));
    if (decoded === null || decoded.channelData.length !== head.channelCount) return null;
    if (head.gain !== 1) for (const channel of decoded.channelData) amplify(channel, head.gain);
    return decoded.channelData;
  };
  try {
    for await (const channels of decodeLink(link, decode, head.preSkip)) {
      yield { sampleRate: OPUS_RATE, channels, channelOrder: 'vorbis' };
    }
  } finally {
    await runCodec(() => decoder.free());
  }
}

/** Identification and comments stand before the sound (RFC 7845 §5). */
function isHeader(packet: Uint8Array): boolean {
  return ['OpusHead', 'OpusTags'].includes(ascii(packet, 0, 8));
}

function amplify(samples: Float32Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) samples[i] *= gain;
}

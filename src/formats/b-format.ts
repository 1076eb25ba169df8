import { ascii, type ByteReader, dataView } from './bytes.ts';
import { MOST_CHUNKS, nextChunk, type Span } from './chunks.ts';
import type { ChannelOrder } from './downmix.ts';

/**
 * What follows the format tag in the sub-format GUIDs of .amb files: {0000000x-0721-11d3-8644-C8C1CA000000}
 * (R. Dobson, “WAVE-FORMAT-EXTENSIBLE and B-Format audio”).
 */
const AMB_GUID = [0x00, 0x00, 0x21, 0x07, 0xd3, 0x11, 0x86, 0x44, 0xc8, 0xc1, 0xca, 0x00, 0x00, 0x00];

/** Whether the 14 bytes behind the tag of a sub-format GUID are those of ambisonic B-format. */
export function isAmbGuid(bytes: Uint8Array): boolean {
  return AMB_GUID.every((byte, index) => bytes[index] === byte);
}

/** Chunks of text in which recorders and encoders say what the channels are, and as much of each as is read. */
const TEXT_CHUNKS = ['bext', 'iXML', 'axml', 'LIST'];
const TEXT_BYTES = 64 * 1024;

/** Channels of whole orders of ambisonics: (order + 1)². */
const WHOLE_ORDERS = [4, 9, 16, 25, 36, 49, 64];

/**
 * What a WAV without a speaker mask says in words of its channels: AmbiX (W, Y, Z, X), FuMa (W, X, Y, Z), or only that
 * they are B-format, of which W is first in any order.
 *
 * @param sound where its samples lie, which are no text
 * @returns null where it says nothing of the kind, or has another number of channels than ambisonics have
 */
export async function statedBFormat(
  reader: ByteReader,
  sound: Span,
  channelCount: number,
  littleEndian: boolean,
): Promise<ChannelOrder | null> {
  if (!WHOLE_ORDERS.includes(channelCount)) return null;
  let stated: ChannelOrder | null = null;
  let offset = 12;
  for (let count = 0; count < MOST_CHUNKS && offset + 8 <= reader.size; count++) {
    const head = await reader.read(offset, 8);
    const isSound = offset + 8 === sound.offset;
    const size = isSound ? sound.size : dataView(head).getUint32(4, littleEndian);
    if (TEXT_CHUNKS.includes(ascii(head, 0, 4))) {
      const text = new TextDecoder('latin1').decode(
        await reader.read(offset + 8, Math.min(size, TEXT_BYTES)),
      );
      if (/ambix/i.test(text)) return 'ambix';
      if (/\bfuma\b|furse-malham/i.test(text)) return 'fuma';
      if (/\bb-format\b|ambisonic/i.test(text)) stated = 'w-first';
    }
    offset = await nextChunk(reader, { offset: offset + 8, size }, littleEndian);
  }
  return stated;
}

/** What to say of how B-format is made stereo. */
export function bFormatNotice(name: string, order: ChannelOrder, channelCount: number): string | null {
  if (order === 'fuma' || order === 'ambix') {
    return `“${name}” is ambisonic B-format (${channelCount} channels); it is decoded to stereo, as by two cardioids to the left and the right.`;
  }
  if (order === 'w-first') {
    return `“${name}” is ambisonic B-format (${channelCount} channels) in an order it does not state; its first channel, W, is used.`;
  }
  return null;
}

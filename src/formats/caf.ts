import { appleOrder, LONGEST_LAYOUT } from './apple-layout.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { MOST_CHUNKS } from './chunks.ts';
import type { ChannelOrder } from './downmix.ts';

/** Which frames of all that its packets hold are the sound of a file. */
interface Valid {
  /** Frames of the codec's delay in front of the sound. */
  readonly priming: number;
  readonly frames: number;
}

/** What a CAF file states and ffmpeg does not heed. */
export interface CafFacts {
  /** What its channels are; null where it says nothing that is known. */
  readonly channelOrder: ChannelOrder | null;
  /** In frames of its stated rate; null where packets are not counted. */
  readonly valid: Valid | null;
  readonly channelCount: number;
  /** Hz. */
  readonly sampleRate: number;
}

/**
 * Reads the chunks `desc`, `chan` and `pakt` of a Core Audio Format file (Apple, “Core Audio Format Specification 1.0”); null where it
 * has no `desc` in front.
 */
export async function readCaf(reader: ByteReader): Promise<CafFacts | null> {
  const description = await reader.read(8, 44);
  if (description.length < 44 || ascii(description, 0, 4) !== 'desc') return null;
  const view = dataView(description);
  const channelCount = view.getUint32(36);
  let channelOrder: ChannelOrder | null = null;
  let valid: Valid | null = null;
  let offset = 8;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await reader.read(offset, 12);
    if (head.length < 12) break;
    const id = ascii(head, 0, 4);
    const size = Number(dataView(head).getBigInt64(4));
    if (id === 'chan') {
      channelOrder = appleOrder(
        await reader.read(offset + 12, Math.max(0, Math.min(size, LONGEST_LAYOUT))),
        channelCount,
      );
    }
    if (id === 'pakt') valid = validFrames(await reader.read(offset + 12, 24));
    // Sound of which no length was written goes on to the end.
    if (size < 0) break;
    offset += 12 + size;
  }
  return { channelOrder, valid, channelCount, sampleRate: view.getFloat64(12) };
}

function validFrames(bytes: Uint8Array): Valid | null {
  if (bytes.length < 24) return null;
  const view = dataView(bytes);
  const frames = Number(view.getBigInt64(8));
  const priming = view.getInt32(16);
  return frames > 0 && priming >= 0 ? { priming, frames } : null;
}

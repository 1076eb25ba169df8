import { MalformedFileError } from '../errors.ts';
import { ascii, type ByteReader, dataView, pieces } from './bytes.ts';
import type { SoundBlock } from './sound-stream.ts';

/** One page of the first logical stream of an Ogg file, as far as it matters to a codec. */
export interface OggPage {
  /** The packets that end on this page, whole. */
  readonly packets: Uint8Array[];
  /** The codec's clock at the end of the last of them, -1 where none ends. */
  readonly granule: number;
  /** The stream ends here. */
  readonly last: boolean;
}

/** What is known of a file when all its pages have been seen. */
export interface OggHealth {
  /** Stretches of pages that were damaged or missing. */
  damaged: number;
  /** A page said that the stream is over. */
  ended: boolean;
}

/** Page header without its segment table (RFC 3533 §6). */
const HEADER_LENGTH = 27;
/** Header flags. */
const CONTINUED = 1;
const LAST = 4;
/** Longer than any codec's packet: a Vorbis set-up has some 10 kB. */
const LONGEST_PACKET = 1024 * 1024;

/**
 * The pages of the first logical stream, in order, each checked by its CRC; damaged ones are left out and counted.
 * Holds one page and one packet in memory.
 */
export async function* oggPages(reader: ByteReader, health: OggHealth): AsyncGenerator<OggPage> {
  let serial: number | null = null;
  let sequence = 0;
  // The start of a packet that goes on on the next page; null when what came before is lost.
  let open: Uint8Array | null = null;
  for await (const page of rawPages(reader, health)) {
    const view = dataView(page);
    const flags = page[5];
    serial ??= view.getUint32(14, true);
    if (view.getUint32(14, true) !== serial) continue;
    if (view.getUint32(18, true) !== sequence) {
      health.damaged++;
      open = null;
    }
    sequence = (view.getUint32(18, true) + 1) >>> 0;
    const packets: Uint8Array[] = [];
    // Without its beginning, the first packet of the page is of no use.
    let packet: Uint8Array | null = flags & CONTINUED ? open : new Uint8Array(0);
    open = null;
    let at = HEADER_LENGTH + page[26];
    for (let segment = 0; segment < page[26]; segment++) {
      const length = page[HEADER_LENGTH + segment];
      if (packet !== null) packet = appended(packet, page.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      if (packet !== null) packets.push(packet);
      packet = new Uint8Array(0);
    }
    if (page[HEADER_LENGTH + page[26] - 1] === 255) open = packet;
    const last = (flags & LAST) !== 0;
    health.ended ||= last;
    yield { packets, granule: Number(view.getBigInt64(6, true)), last };
    if (last) return;
  }
}

function appended(packet: Uint8Array, segment: Uint8Array): Uint8Array | null {
  if (packet.length + segment.length > LONGEST_PACKET) return null;
  const longer = new Uint8Array(packet.length + segment.length);
  longer.set(packet);
  longer.set(segment, packet.length);
  return longer;
}

/** Every page of the file whose CRC is right; between them the next `OggS` is looked for. */
async function* rawPages(reader: ByteReader, health: OggHealth): AsyncGenerator<Uint8Array> {
  let buffer = new Uint8Array(0);
  let lost = false;
  for await (const piece of pieces(reader)) {
    const joined = new Uint8Array(buffer.length + piece.length);
    joined.set(buffer);
    joined.set(piece, buffer.length);
    let at = 0;
    while (at + HEADER_LENGTH <= joined.length) {
      const length = ascii(joined, at, 4) === 'OggS' ? pageLength(joined, at) : null;
      if (length !== null && at + length > joined.length) break;
      if (length !== null && hasRightSum(joined.slice(at, at + length))) {
        yield joined.slice(at, at + length);
        at += length;
        lost = false;
      } else {
        if (!lost) health.damaged++;
        lost = true;
        at = nextMark(joined, at + 1);
      }
    }
    buffer = joined.subarray(at);
  }
}

/** Bytes of the page, Infinity until its segment table is all there. */
function pageLength(bytes: Uint8Array, at: number): number {
  const segments = bytes[at + 26];
  if (at + HEADER_LENGTH + segments > bytes.length) return Number.POSITIVE_INFINITY;
  let length = HEADER_LENGTH + segments;
  for (let segment = 0; segment < segments; segment++) length += bytes[at + HEADER_LENGTH + segment];
  return length;
}

/** The next place where a page may begin. */
function nextMark(bytes: Uint8Array, from: number): number {
  const found = bytes.indexOf(0x4f, from);
  return found < 0 ? bytes.length : found;
}

/** CRC-32, polynomial 0x04c11db7, taken with the field itself at zero (RFC 3533 §6). @param page may be changed */
function hasRightSum(page: Uint8Array): boolean {
  const view = dataView(page);
  const stated = view.getUint32(22, true);
  view.setUint32(22, 0, true);
  let crc = 0;
  for (let i = 0; i < page.length; i++) crc = (crc << 8) ^ CRC32[(crc >>> 24) ^ page[i]];
  view.setUint32(22, stated, true);
  return crc >>> 0 === stated;
}

const CRC32 = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/** The first packet of an Ogg file, which describes the codec: behind a page header and its segment table. */
export async function firstOggPacket(reader: ByteReader): Promise<Uint8Array> {
  const head = await reader.read(0, HEADER_LENGTH + 255 + 255);
  return head.subarray(HEADER_LENGTH + (head[26] ?? 0));
}

/** A codec as it is wanted here: whole packets in, planar sound out; null for packets it could not decode. */
export type PacketDecoder = (packets: readonly Uint8Array[]) => Promise<Float32Array[] | null>;

/**
 * Decodes page after page and cuts the end where the last page's clock says, so the length is exact.
 *
 * @param skippedPackets headers before the sound
 * @param clockLead how far the clock runs ahead of what the decoder gives out: the pre-skip of Opus
 * @throws MalformedFileError when nothing at all could be decoded
 */
export async function* decodePages(
  reader: ByteReader,
  decode: PacketDecoder,
  skippedPackets: number,
  clockLead: number,
  sampleRate: number,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  const health: OggHealth = { damaged: 0, ended: false };
  let headers = skippedPackets;
  let frames = 0;
  let clockStart: number | null = null;
  for await (const page of oggPages(reader, health)) {
    const packets = page.packets.slice(headers);
    headers -= page.packets.length - packets.length;
    if (packets.length === 0) continue;
    const block = await decode(packets);
    if (block === null) health.damaged++;
    const decoded = block?.[0].length ?? 0;
    // A recording that was joined on air starts late by the clock. The first page tells, unless it is the last too.
    if (decoded > 0) clockStart ??= page.last ? 0 : Math.max(0, page.granule - clockLead - decoded);
    const end = page.granule - clockLead - (clockStart ?? 0);
    const wanted = page.last && page.granule >= 0 ? end - frames : decoded;
    const kept = Math.max(0, Math.min(decoded, wanted));
    frames += kept;
    if (block !== null && kept > 0) {
      yield {
        sampleRate,
        channels: block.map((channel) => channel.subarray(0, kept)),
        channelOrder: 'vorbis',
      };
    }
  }
  if (frames === 0) {
    throw new MalformedFileError(
      `“${reader.name}” holds no sound that can be decoded; copy or export it again.`,
    );
  }
  const seconds = (frames / sampleRate).toFixed(2);
  if (health.damaged > 0) {
    warnings.push(
      `“${reader.name}” is damaged in ${health.damaged === 1 ? 'one place' : `${health.damaged} places`}; ${seconds} s of it could be read.`,
    );
  } else if (!health.ended) {
    warnings.push(
      `“${reader.name}” is cut short: its end is missing, and the ${seconds} s before it are used.`,
    );
  }
}

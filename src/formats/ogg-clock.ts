import type { OggLink } from './ogg-links.ts';

/**
 * A codec as it is wanted here: the packets of a page in, planar sound out, of no length where they are headers; null
 * where they could not be decoded.
 */
export type PacketDecoder = (packets: readonly Uint8Array[]) => Promise<Float32Array[] | null>;

/**
 * Decodes a link page after page and cuts its ends where the clock of its first and last pages says, so that the length
 * is exact.
 *
 * @param clockLead how far the clock runs ahead of what the decoder gives out: the pre-skip of Opus
 */
export async function* decodeLink(
  { pages, health }: OggLink,
  decode: PacketDecoder,
  clockLead: number,
): AsyncGenerator<Float32Array[]> {
  let frames = 0;
  let clockStart: number | null = null;
  for await (const { packets, granule, last } of pages) {
    if (packets.length === 0) continue;
    const block = await decode(packets);
    if (block === null) health.damaged++;
    const decoded = block?.[0].length ?? 0;
    let skipped = 0;
    if (decoded > 0 && clockStart === null) {
      // The first page tells where the clock begins, unless it is the last too: then the end is what it trims.
      const begin = last || granule < 0 ? 0 : granule - clockLead - decoded;
      // A recording that was joined on air starts late.
      clockStart = Math.max(0, begin);
      // A cut made without encoding again begins with more than it is to give (Vorbis I §A.2; in Opus ffmpeg does so).
      skipped = Math.min(decoded, Math.max(0, -begin));
    }
    const end = granule - clockLead - (clockStart ?? 0);
    const wanted = last && granule >= 0 ? end - frames : decoded - skipped;
    const kept = Math.max(0, Math.min(decoded - skipped, wanted));
    frames += kept;
    if (block !== null && kept > 0) yield block.map((channel) => channel.subarray(skipped, skipped + kept));
  }
}

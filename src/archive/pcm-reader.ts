import { FRESH, withRoomsUntil } from '../dsp/rooms.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import type { ByteReader } from '../formats/bytes.ts';
import { decodePcm, decodePcmInto } from '../formats/pcm.ts';
import { bytesPerFrame, type PcmLayout } from '../formats/pcm-layout.ts';

/**
 * An uncompressed file by ranges: ten seconds of a three-hour recording cost ten seconds.
 * Samples that are no number are read as 0 and counted, none twice, in one entry of `warnings`.
 *
 * @param warnings grows, or has its entry rewritten, as damaged samples are met
 */
export function pcmReader(reader: ByteReader, layout: PcmLayout, warnings: string[]): SoundReader {
  const frameBytes = bytesPerFrame(layout);
  const countRepairs = repairCounter(reader.name, warnings);
  return {
    sampleRate: layout.sampleRate,
    channelCount: layout.channelCount,
    frameCount: layout.frameCount,
    async read(start, count, lender = FRESH) {
      assertRange(start, count, layout.frameCount);
      const channels = Array.from({ length: layout.channelCount }, () => lender.floats(count));
      await withRoomsUntil(async (rooms) => {
        const from = layout.dataOffset + start * frameBytes;
        const bytes = await reader.read(from, count * frameBytes, rooms);
        if (decodePcmInto(channels, bytes, layout) === 0) return;
        countRepairs(start, count, (frame) => decodePcm(bytes.subarray(frame * frameBytes), layout).repaired);
      });
      return { sampleRate: layout.sampleRate, channels };
    },
  };
}

/**
 * Counts repairs in frames beyond those counted before: all of them in a pass from front to back, overlapping or not,
 * which is how a source is first read; fewer where ranges are jumped over and read later.
 */
function repairCounter(name: string, warnings: string[]) {
  let counted = 0;
  let total = 0;
  let entry = -1;
  /** `repairedFrom` counts the repairs in the range from one of its frames to its end. */
  return (start: number, count: number, repairedFrom: (frame: number) => number): void => {
    if (start + count <= counted) return;
    total += repairedFrom(Math.max(0, counted - start));
    counted = start + count;
    if (total === 0) return;
    if (entry < 0) entry = warnings.length;
    warnings[entry] =
      `“${name}” has at least ${total} samples that are no usable number (NaN, infinite or beyond +120 dBFS); they are read as 0.`;
  };
}

import { resampler } from '../dsp/resample.ts';
import { withRoomsUntil } from '../dsp/rooms.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';

/**
 * A reader at another sample rate, converted range by range: an output frame depends on its own place alone, so
 * ranges equal the whole bit for bit. The same reader where the rate is already right.
 *
 * @param toRate Hz, a whole number
 */
export function resampled(reader: SoundReader, toRate: number): SoundReader {
  if (reader.sampleRate === toRate) return reader;
  const converter = resampler(reader.sampleRate, toRate);
  const frameCount = converter.outputLength(reader.frameCount);
  return {
    sampleRate: toRate,
    channelCount: reader.channelCount,
    frameCount,
    async read(start, count) {
      assertRange(start, count, frameCount);
      const needed = converter.inputRange(start, count);
      const from = Math.min(reader.frameCount, Math.max(0, needed.start));
      const to = Math.max(from, Math.min(reader.frameCount, needed.start + needed.count));
      return withRoomsUntil(async (rooms) => {
        const { channels } = await reader.read(from, to - from, rooms);
        return {
          sampleRate: toRate,
          channels: channels.map((channel) => converter.render(channel, from, start, count)),
        };
      });
    },
  };
}

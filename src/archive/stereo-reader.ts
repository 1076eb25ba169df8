import { withRoomsUntil } from '../dsp/rooms.ts';
import type { SoundReader } from '../dsp/sound.ts';
import { type ChannelOrder, downmix, downmixMatrix } from '../formats/downmix.ts';

/** A reader of at most two channels: more are folded to stereo as they are read. */
export function stereoReader(reader: SoundReader, order: ChannelOrder, channelMask: number): SoundReader {
  if (reader.channelCount <= 2) return reader;
  const matrix = downmixMatrix(reader.channelCount, order, channelMask);
  return {
    sampleRate: reader.sampleRate,
    channelCount: 2,
    frameCount: reader.frameCount,
    read: (start, count) =>
      withRoomsUntil(async (rooms) => {
        const { sampleRate, channels } = await reader.read(start, count, rooms);
        return { sampleRate, channels: downmix(channels, matrix) };
      }),
  };
}

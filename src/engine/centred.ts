import type { SoundReader } from '../dsp/sound.ts';

/**
 * The sound with each channel's mean taken away.
 * @param dc mean of each channel, as the analysis measured it over the whole source
 */
export function centred(reader: SoundReader, dc: readonly number[]): SoundReader {
  return {
    sampleRate: reader.sampleRate,
    channelCount: reader.channelCount,
    frameCount: reader.frameCount,
    async read(start, count) {
      const sound = await reader.read(start, count);
      sound.channels.forEach((channel, index) => {
        const mean = dc[index];
        for (let i = 0; i < channel.length; i++) channel[i] -= mean;
      });
      return sound;
    },
  };
}

/** What lasts in a passage of a source, as material of its own. */
import { analyse } from '../../analysis/analyse.ts';
import { analysisOf } from '../../analysis/analysis.ts';
import { harmonicReader } from '../../analysis/harmonic-reader.ts';
import type { TimeRange } from '../../analysis/moments.ts';
import { withRoomsUntil } from '../../dsp/rooms.ts';
import { type Sound, type SoundReader, soundReader } from '../../dsp/sound.ts';
import type { Material } from '../texture.ts';

/** Frames separated at a time: 12 s at 44.1 kHz, of which the surroundings that each block needs are an eleventh. */
const BLOCK_FRAMES = 2 ** 19;

/**
 * Separates one passage and analyses what lasts in it. Its key and tempo are the whole source's, since it is too short for
 * either and the beat was in the drums; so are its gain and ceiling, by which levels stated in dBFS are read. That the source
 * clips is forgotten: what a hit clips goes with the hit (measured: chords under drums clipped at a third of their peak come
 * out as they do unclipped, to 0.4 dB).
 *
 * The same range gives the same samples to the bit, whatever was separated before.
 *
 * @param whole the source as it is, its DC removed
 * @param range frames of it
 */
export async function harmonicPassage(whole: Material, range: TimeRange): Promise<Material> {
  const reader = soundReader(await separated(harmonicReader(whole.reader), range));
  const { key, tempo, gain, ceiling } = whole.analysis;
  const analysis = analysisOf(await analyse(reader), { key, tempo, gain, ceiling });
  return { ...whole, reader, analysis, passage: { start: range.start } };
}

async function separated(reader: SoundReader, { start, length }: TimeRange): Promise<Sound> {
  const { sampleRate, channelCount } = reader;
  const channels = Array.from({ length: channelCount }, () => new Float32Array(length));
  for (let at = 0; at < length; at += BLOCK_FRAMES) {
    await withRoomsUntil(async (rooms) => {
      const block = await reader.read(start + at, Math.min(BLOCK_FRAMES, length - at), rooms);
      block.channels.forEach((samples, c) => {
        channels[c].set(samples, at);
      });
    });
  }
  return { sampleRate, channels };
}

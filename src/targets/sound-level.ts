import { amplitudeToDb } from '../dsp/levels.ts';
import { loudness } from '../dsp/loudness.ts';
import type { Sound } from '../dsp/sound.ts';
import { truePeak } from '../dsp/true-peak.ts';

/** How loud a sound is, and how far its peaks reach. */
export interface SoundLevel {
  /** After BS.1770-4; -Infinity for silence. */
  readonly lufs: number;
  /** dBTP. */
  readonly truePeakDb: number;
}

/**
 * Level of a sound as it will be played: a loop going round.
 *
 * What plays once and is shorter than a block of the measure, 400 ms, is one block of its own length: as loud as it is while
 * it sounds. With silence behind it, as some meters have it, flickers of 50 to 270 ms read 2 to 9 LU less, and a kit would
 * have to be as much softer for them.
 */
export function soundLevel(sound: Sound, loops: boolean): SoundLevel {
  return { lufs: loudness(sound, loops), truePeakDb: amplitudeToDb(truePeak(sound, loops)) };
}

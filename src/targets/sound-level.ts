import { amplitudeToDb } from '../dsp/levels.ts';
import { BLOCK_SEC, loudness } from '../dsp/loudness.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { truePeak } from '../dsp/true-peak.ts';

/** How loud a sound is, and how far its peaks reach. */
export interface SoundLevel {
  /** -Infinity for silence. */
  readonly lufs: number;
  /** dBTP. */
  readonly truePeakDb: number;
}

/**
 * Level of a sound as it will be played: a loop going round, what plays once with silence behind it.
 *
 * Loudness is that of BS.1770-4, which measures blocks of 400 ms. What plays once and is shorter makes one block with the
 * silence behind it, so that half as long is 3 LU softer, much as it is heard: the ear too sums up some tenths of a second.
 */
export function soundLevel(sound: Sound, loops: boolean): SoundLevel {
  return {
    lufs: loudness(loops ? sound : oneBlock(sound), loops),
    truePeakDb: amplitudeToDb(truePeak(sound, loops)),
  };
}

/** The sound with silence behind it, where it is shorter than a block of the measure. */
function oneBlock(sound: Sound): Sound {
  const length = Math.round(BLOCK_SEC * sound.sampleRate);
  if (frameCount(sound) >= length) return sound;
  const channels = sound.channels.map((channel) => {
    const padded = new Float32Array(length);
    padded.set(channel);
    return padded;
  });
  return { sampleRate: sound.sampleRate, channels };
}

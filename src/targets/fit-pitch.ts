import { pow } from '../dsp/maths.ts';
import { resampler } from '../dsp/resample.ts';
import { ringOfFrames } from '../dsp/resample-ring.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Adaptation } from './adaptation.ts';

/** How a sound is moved in pitch by being played faster or slower, which changes its length and tempo too. */
export interface PitchMove {
  /** To another key; whole. */
  readonly semitones: number;
  /** To the notes of a tuning. */
  readonly cents: number;
}

/** How many times as fast a move makes a sound. */
export function speedOf({ semitones, cents }: PitchMove): number {
  return pow(2, (100 * semitones + cents) / 1200);
}

/**
 * A sound moved in pitch, at a rate, in one conversion. A loop is read round its end, so that it closes as it did before:
 * it is a whole number of frames again, which is at most 0.02 cents off in a loop of a second.
 */
export function fitPitch(sound: Sound, loops: boolean, move: PitchMove, sampleRate: number): Sound {
  const length = frameCount(sound);
  const frames = Math.max(1, Math.round((length * sampleRate) / (sound.sampleRate * speedOf(move))));
  if (loops) return ringOfFrames(sound, frames, sampleRate);
  const { render } = resampler(length, frames);
  return { sampleRate, channels: sound.channels.map((channel) => render(channel, 0, 0, frames)) };
}

/** What is said of a move. */
export function moveAdaptations({ semitones, cents }: PitchMove): Adaptation[] {
  return [
    ...(semitones === 0 ? [] : [{ code: 'transposed', semitones } as const]),
    ...(cents === 0 ? [] : [{ code: 'tuned', cents } as const]),
  ];
}

import type { Random } from '../../dsp/random.ts';
import { randomisePhases } from '../../dsp/randomise-phases.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import type { Texture } from '../texture.ts';
import type { Excerpt } from './excerpts.ts';

/** A ring phase-randomised from what lies within half its length around an excerpt's middle, as far as there is anything. */
export function randomisedCut(
  cut: Excerpt,
  length: number,
  random: Random,
): { sound: Sound; origin: Texture['origin'] } {
  const { sampleRate, channels } = cut.sound;
  const start = Math.max(0, cut.middle - (length >> 1));
  const end = Math.min(frameCount(cut.sound), cut.middle + (length >> 1));
  const source = { sampleRate, channels: channels.map((channel) => channel.subarray(start, end)) };
  return { sound: randomisePhases(source, length, random), origin: cut.origin(start, end - start) };
}

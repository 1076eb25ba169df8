/** All textures that a maker of the engine makes of a known signal. */
import { analyse } from '../../../dist/analysis/analyse.js';
import { Random } from '../../../dist/dsp/random.js';
import { soundReader } from '../../../dist/dsp/sound.js';
import { RATE } from './signals.mjs';

/** @param channels of the signal; one may be given by itself */
export async function allOf(maker, channels, settings) {
  const sound = { sampleRate: RATE, channels: Array.isArray(channels) ? channels : [channels] };
  const reader = soundReader(sound);
  const material = { name: 'known', reader, analysis: await analyse(reader) };
  const random = (...words) => new Random('bench', ...words);
  const textures = [];
  for await (const made of maker(material, settings, random)) if ('sound' in made) textures.push(made);
  return textures;
}

/**
 * Swells: one-shots that rise from nothing and fall back to it, from the most stable moment of a source,
 * at every pitch and speed asked for; the original one backwards too.
 */

import { fadeIn, fadeOut } from '../../dsp/fade.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { type Excerpt, excerpt } from '../shared/excerpts.ts';
import { randomisedCut } from '../shared/randomised-cut.ts';
import type { TonalSettings } from '../shared/tonal-settings.ts';
import { transforms } from '../shared/transforms.ts';
import { isWanted, type Made, type Maker, type RandomFor, type Texture, type Unwanted } from '../texture.ts';

export const makeSwells: Maker<TonalSettings, never> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<never> | Unwanted> {
  let index = 0;
  for (const transform of transforms(settings.drones)) {
    const isReversed = settings.drones.enable_reversal && transform.name === '';
    const numbers = isReversed ? [index + 1, index + 2] : [index + 1];
    if (!numbers.some((number) => isWanted(material, number))) {
      for (index of numbers) yield { family: 'swell', isWanted: false };
      continue;
    }
    const cut = await excerpt(material, settings, transform);
    const { sound, origin } = swell(cut, settings, randomFor);
    const texture = (part: Sound, variant: string): Texture => ({
      family: 'swell',
      naming: 'swell',
      index: ++index,
      variant,
      sound: part,
      loop: null,
      origin,
      stability: cut.stability,
      momentRoot: cut.momentRoot,
      transposition: cut.transposition,
      stretch: cut.transform.factor,
      targetPeakDb: settings.global.target_peak_dbfs,
    });
    yield texture(sound, transform.name);
    if (isReversed) {
      const channels = sound.channels.map((channel) => channel.slice().reverse());
      yield texture({ sampleRate: sound.sampleRate, channels }, 'reversed');
    }
  }
};

function swell(
  cut: Excerpt,
  settings: TonalSettings,
  randomFor: RandomFor,
): Pick<Texture, 'sound' | 'origin'> {
  const { swell_duration_sec, fade_in_sec, fade_out_sec } = settings.drones;
  const { sampleRate } = cut.sound;
  const length = Math.round(swell_duration_sec * sampleRate);
  const { sound, origin } =
    plainCut(cut, length) ?? randomisedCut(cut, length, randomFor('swell', cut.transform.name));
  // Fades that would overlap share the length between them.
  const squeeze = Math.min(1, swell_duration_sec / (fade_in_sec + fade_out_sec));
  for (const channel of sound.channels) {
    fadeIn(channel, Math.round(fade_in_sec * squeeze * sampleRate));
    fadeOut(channel, Math.round(fade_out_sec * squeeze * sampleRate));
  }
  return { sound, origin };
}

/** The excerpt's middle, copied, moved as far as its ends require; null where it is too short or not stretched. */
function plainCut(cut: Excerpt, length: number): Pick<Texture, 'sound' | 'origin'> | null {
  const { sampleRate, channels } = cut.sound;
  const room = frameCount(cut.sound) - length;
  if (room < 0 || cut.factor !== cut.transform.factor) return null;
  const start = Math.min(room, Math.max(0, cut.middle - (length >> 1)));
  return {
    sound: { sampleRate, channels: channels.map((channel) => channel.slice(start, start + length)) },
    origin: cut.origin(start, length),
  };
}

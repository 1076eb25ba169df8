import type { Families, Settings } from '../config/settings.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';

/** The sound with the channels that the `export` section asks for: as it is, or the mean of its channels. */
export function mixDown(
  sound: Sound,
  family: FamilyId,
  settings: Settings['export'],
  families: Families = FAMILIES,
): Sound {
  const { channels: setting } = familyOf(family, families);
  if (!setting || isOn(setting.key, settings) || sound.channels.length === 1) return sound;
  const { channels } = sound;
  const mixed = new Float32Array(frameCount(sound));
  for (const channel of channels) {
    for (let i = 0; i < mixed.length; i++) mixed[i] += channel[i] / channels.length;
  }
  return { sampleRate: sound.sampleRate, channels: [mixed] };
}

function isOn(key: string, settings: Readonly<Record<string, unknown>>): boolean {
  return settings[key] === true;
}

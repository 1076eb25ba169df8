import type { Settings } from '../config/settings.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Family } from '../families/texture.ts';

/** Which key of `export` keeps a family's stereo; families without one keep it always. */
const STEREO_KEYS: Partial<Record<Family, keyof Settings['export']>> = {
  pad: 'pads_stereo',
  drone: 'swells_stereo',
  swell: 'swells_stereo',
  cloud: 'clouds_stereo',
  hiss: 'hiss_stereo',
};

/** The sound with the channels that the `export` section asks for: as it is, or the mean of its channels. */
export function mixDown(sound: Sound, family: Family, settings: Settings['export']): Sound {
  const key = STEREO_KEYS[family];
  if (key === undefined || settings[key] || sound.channels.length === 1) return sound;
  const { channels } = sound;
  const mixed = new Float32Array(frameCount(sound));
  for (const channel of channels) {
    for (let i = 0; i < mixed.length; i++) mixed[i] += channel[i] / channels.length;
  }
  return { sampleRate: sound.sampleRate, channels: [mixed] };
}

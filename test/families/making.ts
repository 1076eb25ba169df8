/** What tests of makers share: material out of a sound, and all that a maker makes of it. */
import { analyse } from '../../src/analysis/analyse.ts';
import { defaultSettings, settingsUnder } from '../../src/config/defaults.ts';
import type { PartialSettings, Settings } from '../../src/config/settings.ts';
import { Random } from '../../src/dsp/random.ts';
import { type Sound, soundReader } from '../../src/dsp/sound.ts';
import {
  isTexture,
  type Made,
  type Maker,
  type Material,
  type RandomFor,
  type Skipped,
  type Texture,
} from '../../src/families/texture.ts';

export async function materialOf(sound: Sound): Promise<Material> {
  const reader = soundReader(sound);
  return { name: 'source', reader, analysis: await analyse(reader) };
}

/** Random numbers of a run with this seed. */
export function randomFor(seed: string | number): RandomFor {
  return (...words) => new Random(seed, ...words);
}

/** The defaults with some settings changed. */
export function settingsWith(changes: PartialSettings): Settings {
  return settingsUnder(changes);
}

export interface Yield {
  readonly textures: Texture[];
  readonly passedOver: Skipped[];
}

/** Everything that a maker makes of a sound. */
export async function allOf(
  maker: Maker<Settings>,
  sound: Sound,
  settings: Settings = defaultSettings(),
  seed: string | number = 1,
): Promise<Yield> {
  const made: Made[] = [];
  for await (const one of maker(await materialOf(sound), settings, randomFor(seed))) made.push(one);
  const passedOver = made.filter((one): one is Skipped => !isTexture(one));
  for (const { reason } of passedOver) {
    // They stand behind a colon, among other words.
    if (!/^[\p{Ll}\d].*[^.]$/u.test(reason)) throw new Error(`Written like a sentence: ${reason}`);
  }
  return {
    textures: made.filter(isTexture),
    passedOver,
  };
}

/** What tests of makers share: material out of a sound, and all that a maker makes of it. */
import { analyse } from '../../src/analysis/analyse.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import { settingsSchema } from '../../src/config/schema/settings.ts';
import type { PartialSettings, Settings } from '../../src/config/settings.ts';
import { Random } from '../../src/dsp/random.ts';
import { type Sound, soundReader } from '../../src/dsp/sound.ts';
import type { MakerReason } from '../../src/textures/reasons.ts';
import {
  type Chance,
  isTexture,
  type Made,
  type Maker,
  type Material,
  type PassedOver,
  type Texture,
} from '../../src/textures/texture.ts';
import { skipWords } from '../../src/wording/skips.ts';

export async function materialOf(sound: Sound): Promise<Material> {
  const reader = soundReader(sound);
  return { name: 'source', reader, analysis: await analyse(reader) };
}

/** Chance of a run with this seed. */
export function chanceOf(seed: string | number): Chance {
  return (...words) => new Random(seed, ...words);
}

/** The defaults with some settings changed. */
export function settingsWith(changes: PartialSettings): Settings {
  return settingsSchema.parse(changes);
}

export interface Yield {
  readonly textures: Texture[];
  /** Each with its words. */
  readonly passedOver: (PassedOver<MakerReason> & { readonly words: string })[];
}

/** Everything that a maker makes of a sound. */
export async function allOf(
  maker: Maker<MakerReason>,
  sound: Sound,
  settings: Settings = defaultSettings(),
  seed: string | number = 1,
): Promise<Yield> {
  const made: Made<MakerReason>[] = [];
  for await (const one of maker(await materialOf(sound), settings, chanceOf(seed))) made.push(one);
  const passedOver = made
    .filter((one): one is PassedOver<MakerReason> => !isTexture(one))
    .map((one) => ({ ...one, words: skipWords(one.reason) }));
  return { textures: made.filter(isTexture), passedOver };
}

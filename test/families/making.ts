/** What tests of makers share: material out of a sound, and all that a maker makes of it. */
import { analyse } from '../../src/analysis/analyse.ts';
import { defaultSettings, settingsUnder } from '../../src/config/defaults.ts';
import type { PartialSettings, Settings } from '../../src/config/settings.ts';
import { Random } from '../../src/dsp/random.ts';
import { type Sound, soundReader } from '../../src/dsp/sound.ts';
import type { MakerReason } from '../../src/families/lookup.ts';
import {
  isTexture,
  type Made,
  type Maker,
  type Material,
  type RandomFor,
  type Skipped,
  type Texture,
  type Unwanted,
} from '../../src/families/texture.ts';
import { skipWords } from '../../src/wording/skips.ts';

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
  /** Each with its words. */
  readonly skipped: (Skipped<MakerReason> & { readonly words: string })[];
}

/** What a maker gives of a material, in order. */
export async function givenBy(
  maker: Maker<Settings, MakerReason>,
  material: Material,
  settings: Settings = defaultSettings(),
  seed: string | number = 1,
): Promise<(Made<MakerReason> | Unwanted)[]> {
  const given: (Made<MakerReason> | Unwanted)[] = [];
  for await (const one of maker(material, settings, randomFor(seed))) given.push(one);
  return given;
}

/** Everything that a maker makes of a sound. */
export async function allOf(
  maker: Maker<Settings, MakerReason>,
  sound: Sound,
  settings: Settings = defaultSettings(),
  seed: string | number = 1,
): Promise<Yield> {
  const made = await givenBy(maker, await materialOf(sound), settings, seed);
  const skipped = made
    .filter((one): one is Skipped<MakerReason> => 'reason' in one)
    .map((one) => ({ ...one, words: skipWords(one.reason) }));
  return { textures: made.filter(isTexture), skipped };
}
